"""Results of runs, stored by content: one file for each submission, in which every test has an entry of its own.

A file is named after the result's key (`keys`), which is a digest of all that a run depends on except its tests. In the
file, a test's result is stored under the digest of the test. So after a change to one test, only that test runs again.
"""

import contextlib
import json
import logging
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autograder.grading.cells import Plan
from autograder.guest.messages import CellRun
from autograder.guest.typed import FormError, from_plain

__all__ = ["CellRun", "Results", "Run"]

LOGGER = logging.getLogger(__name__)


@dataclass
class Run:
    """The results of one notebook."""

    cells: dict[str, CellRun] = field(default_factory=dict)
    """Results of the student's side, by cell id."""
    tests: dict[str, CellRun] = field(default_factory=dict)
    """Results of tests, by cell id."""
    complete: bool = True
    """False if the time for the whole notebook ended before all tests had run."""
    tier: str = ""
    """Name of the sandbox's tier."""
    wall_s: float = 0.0
    """Seconds that the run took."""


@dataclass(frozen=True)
class Results:
    """The folder in which results are stored."""

    folder: Path

    def load(self, key: str, plan: Plan) -> Run | None:
        """The stored run of a submission, without the tests that have changed since; None if there is none."""
        try:
            stored = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            tests = {cell.id: stored["tests"].get(cell.digest) for cell in plan.tests}
            return Run(
                cells={cell: from_plain(CellRun, run) for cell, run in stored["cells"].items()},
                tests={cell: from_plain(CellRun, run) for cell, run in tests.items() if run is not None},
                complete=stored["complete"],
                tier=stored["tier"],
                wall_s=stored["wall_s"],
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, FormError):  # damaged, or of another version
            LOGGER.warning("the stored result %s cannot be read and is made anew", key, exc_info=True)
            return None

    def save(self, key: str, plan: Plan, run: Run) -> None:
        """Store a run, whole or not at all. Results of tests that are no longer in the notebook are dropped."""
        stored = asdict(run)
        stored["tests"] = {cell.digest: asdict(run.tests[cell.id]) for cell in plan.tests if cell.id in run.tests}
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, suffix=".part", delete=False, encoding="utf-8") as part:
            try:
                json.dump(stored, part)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(part.name).unlink()
                raise
        Path(part.name).replace(self.folder / f"{key}.json")
