"""The report at the end of a test cell: a number to nbgrader, a page to a reader."""

import os
import sys
from typing import Any

from chainrule.check.language import language
from chainrule.check.record import Score
from chainrule.check.render import as_html, as_text

__all__ = ["Report"]


class Report(Score):
    """A score that shows itself.

    `repr` is the bare number, which nbgrader reads as partial credit; notebooks show the HTML; `print` gives the text.

    >>> from chainrule.check.record import Outcome
    >>> Report("f", 2, (Outcome("a", 1), Outcome("b", 1)))
    2
    """

    def text(self, lang: str | None = None) -> str:
        """The report for a terminal or a log."""
        return as_text(self, lang or language())

    def html(self, lang: str | None = None) -> str:
        """The report for a notebook."""
        return as_html(self, lang or language())

    def record(self) -> dict[str, Any]:
        """Built-in types for programs: exercise, points, max_points, diagnoses and one entry a property."""
        return {
            "exercise": self.exercise,
            "points": self.points,
            "max_points": self.max_points,
            "diagnoses": list(self.diagnoses),
            "message": {"en": self.text("en"), "zh": self.text("zh")},
            "outcomes": [
                {"name": o.name("en"), "hidden": o.hidden, "passed": o.passed, "weight": o.weight}
                for o in self.outcomes
            ],
        }

    def tell_validate(self) -> None:
        """Give the reasons to JupyterLab's Validate button, if this is its run and something is missing.

        All that nbgrader's dialog shows of a cell is what it wrote to stderr. Anywhere else nothing goes there:
        nbgrader on its own gives such a cell no points.
        """
        if os.environ.get("NBGRADER_EXECUTION") == "validate" and self.points < self.max_points:
            sys.stderr.write(self.text())

    def __repr__(self) -> str:
        return f"{self.points:g}"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()
