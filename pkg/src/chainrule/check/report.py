"""The report at the end of a test cell: a number to nbgrader, a page to a reader."""

import os
import sys
from dataclasses import dataclass
from typing import Any

from chainrule.check.language import language
from chainrule.check.record import Outcome
from chainrule.check.render import as_html, as_text

__all__ = ["Report"]


@dataclass(frozen=True)
class Report:
    """Outcomes of one exercise, and the points they earn.

    `repr` is the bare number, which nbgrader reads as partial credit; notebooks show the HTML; `print` gives the text.

    >>> Report("f", 2, (Outcome("a", 1), Outcome("b", 1)))
    2
    """

    exercise: str
    max_points: float
    outcomes: tuple[Outcome, ...]

    @property
    def points(self) -> float:
        """Points earned, to two decimals, in proportion to the weights of what holds; full only if all holds."""
        total = sum(outcome.weight for outcome in self.outcomes)
        earned = sum(outcome.weight for outcome in self.outcomes if outcome.passed)
        if earned == total:
            return float(self.max_points) if total else 0.0
        # Cut off, not rounded: a tiny share that is missing must not round up to everything.
        return int(100 * self.max_points * earned / total) / 100

    @property
    def untouched(self) -> bool:
        """Whether the stub was not filled in."""
        return bool(self.outcomes) and all(o.finding is not None and o.finding.stage == "done" for o in self.outcomes)

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """Identifiers of the mistakes that were recognised, in order, each once."""
        found = [o.finding.diagnosis for o in self.outcomes if o.finding is not None and o.finding.diagnosis]
        return tuple(dict.fromkeys(found))

    def text(self, lang: str | None = None) -> str:
        """The report for a terminal or a log."""
        return as_text(self, lang or language())

    def html(self, lang: str | None = None) -> str:
        """The report for a notebook."""
        return as_html(self, lang or language())

    def record(self) -> dict[str, Any]:
        """Plain data for programs: exercise, points, max_points, diagnoses and one entry a property."""
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

        All that nbgrader's dialog shows of a cell is what it wrote to stderr. Anywhere else nothing goes there, for
        such a cell gets no points under plain nbgrader.
        """
        if os.environ.get("NBGRADER_EXECUTION") == "validate" and self.points < self.max_points:
            sys.stderr.write(self.text())

    def __repr__(self) -> str:
        return f"{self.points:g}"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()
