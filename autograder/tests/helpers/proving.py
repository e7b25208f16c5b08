"""The numbers of a corpus without faults, and ways to spoil the notebook that it belongs to."""

from pathlib import Path

__all__ = ["LIVING", "NUMBERS", "edit", "weaken"]

NUMBERS = {
    "wrong": 2,
    "survivors": [],
    "right": 2,
    "refused": [],
    "diagnosis_missed": [],
    "references": 2,
    "references_refused": [],
    "stubs": 2,
    "stubs_scored": [],
}
"""What `autograder prove --json` says of the notebook as it is."""


def edit(solutions: Path, before: str, after: str) -> None:
    """Change the notebook where it says `before`."""
    path = solutions / "01-sheets" / "sheets.py"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def weaken(solutions: Path) -> None:
    """Leave mean_triple with a single row, where the mean is the row itself."""
    path = solutions / "01-sheets" / "sheets.py"
    text = path.read_text(encoding="utf-8")
    start = text.index('sheet.values("two rows')
    path.write_text(
        text[:start] + 'sheet.values("one row", np.ones((1, 2)), expect=[3.0, 3.0])\nsheet.report()\n', encoding="utf-8"
    )


LIVING = [
    ("return triple(x).mean(axis=0)", "return triple(x).sum(axis=0)"),
    ("return triple(x).mean(axis=0)", "return triple(x.mean(axis=0))"),
]
"""Two lines of the solution that `weaken` makes mean the same, as was and becomes: a mutant, and what is none."""
