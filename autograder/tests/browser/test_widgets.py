"""Every explorer of every notebook, in both languages: it shows a picture, and moving a control draws another."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from autograder.course.languages import LANGUAGES
from autograder.course.source import edition, load_source, sources_in
from folders import SOLUTIONS
from lab_server import Lab, lab_server
from notebook_page import NotebookPage
from playwright.sync_api import Locator, Page, expect

SOURCES = sources_in(SOLUTIONS)
CHINESE = range(0x4E00, 0xA000)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on the instructor's notebooks, of which every explorer can run."""
    root = tmp_path_factory.mktemp("solved")
    for assignment, path in SOURCES.items():
        source = load_source(path)
        for language in LANGUAGES:
            folder = root / language / assignment
            folder.mkdir(parents=True)
            nbformat.write(edition(source, language), folder / f"{source.name}.ipynb")
    with lab_server(root, home=tmp_path_factory.mktemp("home")) as lab:
        yield lab


@pytest.fixture
def kernels(solved: Lab) -> Iterator[None]:
    """None stay when a test is over: fourteen notebooks are more than some machines have memory for."""
    yield
    solved.shut_down_kernels()


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", SOURCES)
def test_every_explorer_moves(assignment: str, language: str, page: Page, solved: Lab, screenshots: Path) -> None:
    path = Path(language) / assignment / f"{SOURCES[assignment].stem}.ipynb"
    cells = nbformat.read(solved.root / path, as_version=4).cells
    explorers = [cell.id for cell in cells if cell.cell_type == "code" and "explore(" in cell.source]
    assert explorers
    notebook = NotebookPage(page, solved, path)
    notebook.run_all()
    for number, identifier in enumerate(explorers, start=1):
        outputs = notebook.outputs(identifier)
        picture = outputs.locator("img.widget-image")
        expect(picture).to_be_visible()
        before = picture.get_attribute("src")
        assert before
        labels = outputs.locator(".widget-label").all_inner_texts()
        assert any(ord(letter) in CHINESE for label in labels for letter in label) == (language == "zh"), labels
        move_first_control(page, outputs)
        expect(picture).not_to_have_attribute("src", before)
        notebook.outputs(identifier)
        page.screenshot(path=screenshots / f"widget-{assignment}-{language}-{number}.png")


def move_first_control(page: Page, outputs: Locator) -> None:
    """One step to the right on a slider, the next entry of a menu."""
    menu = outputs.locator("select")
    if menu.count():
        menu.first.select_option(index=1)
        return
    outputs.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
