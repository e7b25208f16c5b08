"""How the class did: students × exercises, as a table in the terminal, a CSV file and a page with pictures."""

import csv
import io
import statistics
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from autograder.course.folder import Course
from autograder.course.gradebook import open_gradebook
from autograder.records import Execution, ItemScore, SubmissionScore

__all__ = ["Item", "Report", "as_csv", "as_json", "as_table", "report_on"]

BINS = 5
BARS = " ▁▂▃▄▅▆▇█"
NOT_GRADED = Execution("not graded", "no graded notebook", 0.0, "")
LOOK: dict[str, Any] = {"box": SIMPLE_HEAD, "padding": 0}


@dataclass(frozen=True)
class Item:
    """One graded cell, and how the class did on it."""

    name: str
    max_score: float
    scores: tuple[float, ...]
    """Of the submissions whose score is decided."""
    to_mark: int = 0
    """Submissions that a person has still to mark."""

    @property
    def title(self) -> str:
        """The exercise that the cell tests."""
        return self.name.removeprefix("test-")

    @property
    def mean(self) -> float:
        """Mean of the points; 0 for an empty class."""
        return statistics.fmean(self.scores) if self.scores else 0.0

    @property
    def distribution(self) -> tuple[int, ...]:
        """Submissions in each fifth of the points, from nothing to all.

        >>> Item("test-sigmoid", 2.0, (0.0, 0.0, 1.0, 2.0)).distribution
        (2, 0, 1, 0, 1)
        """
        counts = [0] * BINS
        for score in self.scores:
            counts[min(int(BINS * score / self.max_score), BINS - 1) if self.max_score else 0] += 1
        return tuple(counts)


@dataclass(frozen=True)
class Report:
    """The scores of one assignment."""

    assignment: str
    items: tuple[Item, ...]
    """In the notebook's order."""
    rows: tuple[SubmissionScore, ...]

    @property
    def max_score(self) -> float:
        """Points that could be had."""
        return sum(item.max_score for item in self.items)


def report_on(course: Course, assignment: str) -> Report:
    """Read an assignment's scores from the gradebook and the record of each run from autograded/.

    Raises:
        CourseError: no gradebook.
        EngineError: the gradebook cannot be read.
    """
    with open_gradebook(course) as gradebook:
        notebook = gradebook.assignments()[assignment]
        scores = gradebook.scores(assignment)
    graded = course.graded_cells(assignment, notebook)
    rows = []
    for student in course.submissions(assignment):
        record = course.execution(student, assignment, notebook) or NOT_GRADED
        known = scores.get(student, {})
        row = tuple(known.get(cell["grade_id"]) or ItemScore(cell["grade_id"], 0.0, cell["points"]) for cell in graded)
        rows.append(SubmissionScore(student, record.state, record.reason, row))
    columns = [[row.items[number] for row in rows] for number in range(len(graded))]
    items = tuple(
        Item(
            cell["grade_id"],
            float(cell["points"]),
            tuple(item.score for item in column if not item.needs_marking),
            sum(item.needs_marking for item in column),
        )
        for cell, column in zip(graded, columns, strict=True)
    )
    return Report(assignment, items, tuple(rows))


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "assignment": report.assignment,
        "max_score": report.max_score,
        "exercises": [
            {"name": item.name, "max_score": item.max_score, "mean": item.mean}
            | {"distribution": item.distribution, "to_mark": item.to_mark}
            for item in report.items
        ],
        "submissions": [asdict(row) | {"score": row.score, "to_mark": row.to_mark} for row in report.rows],
    }


def as_csv(report: Report) -> str:
    """One line a student: totals, how the run ended, then the points of each graded cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["student", "score", "max_score", "to_mark", "state", "reason", *(item.name for item in report.items)]
    )
    for row in report.rows:
        total = [f"{points:g}" for points in (row.score, row.max_score, row.to_mark)]
        writer.writerow([row.student, *total, row.state, row.reason, *(f"{item.score:g}" for item in row.items)])
    return text.getvalue()


def as_table(report: Report) -> Group:
    """For the terminal: a row a student with the exercises as numbered columns, then a row an exercise.

    Points are rounded to a tenth here, so that a class fits on a screen; the other forms have them as they are.
    """
    # titles are lines of their own: a table folds its title to its width
    students = Table(**LOOK)
    students.add_column("student", no_wrap=True)
    for number in range(1, len(report.items) + 1):
        students.add_column(str(number), justify="right", no_wrap=True)
    students.add_column("total", justify="right", style="bold", no_wrap=True)
    students.add_column("", no_wrap=True)
    for row in report.rows:
        state = "" if row.state == "graded" else row.state
        students.add_row(row.student, *(_points(item) for item in row.items), _total(row), state)
    exercises = Table(**LOOK)
    for heading, side in (("", "right"), ("exercise", "left"), ("points", "right"), ("mean", "right")):
        exercises.add_column(heading, justify=side)  # type: ignore[arg-type]
    exercises.add_column(f"0 {'…':^{BINS - 2}} all")
    exercises.add_column("")
    for number, item in enumerate(report.items, start=1):
        bars = _bars(item.distribution)
        to_mark = f"{item.to_mark} to mark" if item.to_mark else ""
        exercises.add_row(str(number), item.title, f"{item.max_score:g}", f"{item.mean:.2f}", bars, to_mark)
    notes = (
        [Text("? is still to be marked by hand", style="magenta")] if any(item.to_mark for item in report.items) else []
    )
    notes += (Text(f"{row.student}: {row.state}: {row.reason}") for row in report.rows if row.state != "graded")
    by_student, by_exercise = (
        Text(title, style="bold") for title in (f"{report.assignment}: points by student", "by exercise")
    )
    return Group(by_student, students, *notes, "", by_exercise, exercises)


def _points(item: ItemScore) -> Text:
    if item.needs_marking:
        return Text("?", style="magenta")
    colour = "green" if item.score == item.max_score else "red" if item.score == 0 else "yellow"
    return Text(f"{round(item.score, 1):g}", style=colour)


def _total(row: SubmissionScore) -> str:
    """Points so far, of those that are decided."""
    return f"{round(row.score, 1):g}/{row.max_score - row.to_mark:g}"


def _bars(counts: tuple[int, ...]) -> str:
    """Counts as a row of blocks: something is never shown as nothing.

    >>> _bars((8, 0, 1, 0, 4))
    '█ ▁ ▄'
    """
    highest = max(*counts, 1)
    return "".join(BARS[-(-count * (len(BARS) - 1) // highest)] for count in counts)
