"""A notebook that is open in JupyterLab, with the verbs of a student."""

import re
from pathlib import Path

import nbformat
from lab_server import Lab
from playwright.sync_api import Locator, Page, expect

__all__ = ["NotebookPage"]

SLOW_MS = 60_000
"""For what starts a kernel or runs a notebook, on a machine that is busy with something else."""

CENTRE_UNTIL_STILL = """element => {
  const {top, height} = element.getBoundingClientRect();
  const centred = Math.abs(top + height / 2 - innerHeight / 2) < innerHeight / 4;
  element.framesInPlace = centred ? (element.framesInPlace ?? 0) + 1 : 0;
  if (!centred) element.scrollIntoView({block: "center"});
  return element.framesInPlace >= 20;
}"""
"""JupyterLab draws cells as they come near the screen, and what is drawn above pushes the rest down."""


class NotebookPage:
    """One released notebook; its cells go by the id that they have in the file, a graded one by its grade_id."""

    def __init__(self, page: Page, lab: Lab, path: Path) -> None:
        self.page = page
        cells = nbformat.read(lab.root / path, as_version=4).cells
        self._position = {cell.id: number for number, cell in enumerate(cells)}
        self._last_code = max(number for number, cell in enumerate(cells) if cell.cell_type == "code")
        page.goto(lab.url(f"lab/tree/{path.as_posix()}"))
        # a kernel's name in the toolbar comes before the kernel; "Idle" in the status bar after it
        expect(page.get_by_text(re.compile(r"\| Idle$"))).to_be_visible(timeout=SLOW_MS)

    def cell(self, grade_id: str) -> Locator:
        """A cell, whether or not it is on the screen."""
        return self._cell(self._position[grade_id])

    def _cell(self, number: int) -> Locator:
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{number}"]')

    def outputs(self, grade_id: str) -> Locator:
        """What a cell shows below its code, brought to the middle of the screen."""
        outputs = self.cell(grade_id).locator(".jp-OutputArea-output")
        self.page.wait_for_function(CENTRE_UNTIL_STILL, arg=outputs.element_handle())
        return outputs

    def replace_stub(self, grade_id: str, code: str) -> None:
        """Type `code` in the place of the line that raises NotImplementedError."""
        line = self.cell(grade_id).locator(".cm-line", has_text="raise NotImplementedError()")
        line.click()
        self.page.keyboard.press("Home")
        self.page.keyboard.press("Shift+End")
        self.page.keyboard.type(code)
        expect(self.cell(grade_id).locator(".cm-content")).to_contain_text(code)

    def run_all(self) -> None:
        """Run > Run All Cells, to the end."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        numbered = re.compile(r"\[\d+\]:")
        # a notebook may take a minute of an idle machine
        expect(self._cell(self._last_code).locator(".jp-InputPrompt")).to_have_text(numbered, timeout=3 * SLOW_MS)

    def validate(self) -> Locator:
        """Press Validate and wait for the outcome; returns the dialog."""
        self.page.get_by_role("button", name="Validate", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_text("Validation Results")).to_be_visible(timeout=SLOW_MS)
        return dialog
