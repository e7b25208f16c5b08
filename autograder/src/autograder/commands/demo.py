"""`autograder demo`: the whole loop on a class of twelve, made up from the course's own answers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import nbformat
from nbformat import NotebookNode
from rich.console import RenderableType

from autograder.commands.options import console, jobs_option, solutions_option, subcommand
from autograder.commands.progress import tracked
from autograder.course.answers import answers_of, fill, load_answer
from autograder.course.collect import collect
from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.source import Source, find_source, load_source
from autograder.errors import CourseError
from autograder.files import write_whole
from autograder.grading.batch import grade
from autograder.marks.export import export
from autograder.reports.feedback import give_feedback
from autograder.reports.page import as_html
from autograder.reports.report import as_csv, as_table, report_on

__all__ = ["CLASS", "Member", "command", "hand_in", "run_demo"]


@dataclass(frozen=True)
class Member:
    """How one submission of the made-up class came about."""

    language: str = "en"
    solved: int | None = None
    """How many exercises, from the first, are solved as the instructor does; None for all of them."""
    answers: tuple[str, ...] = ()
    """Files below answers/ that take the place of some of those."""
    code: tuple[tuple[str, str], ...] = ()
    """Further answers, by exercise."""
    damage: Callable[[str], str] = str
    """What becomes of the file's text on its way."""


ENDLESS = "def predict(x, W_h, b_h, W_a, b_a):\n    while True:\n        pass"

CLASS = {
    "solution": Member(),
    "untouched": Member(solved=0),
    "chinese": Member("zh"),
    "other-styles": Member("zh", answers=("right/*",)),
    "first-half": Member(solved=6),
    "chinese-three": Member("zh", solved=3),
    "overflow": Member(answers=("wrong/sigmoid-overflows", "wrong/softmax-no-shift")),
    "sum-for-mean": Member(answers=("wrong/cross_entropy_loss-sum", "wrong/log_likelihood-sum")),
    "wrong-sign": Member("zh", answers=("wrong/cross_entropy_loss-gradient-sign", "wrong/log_likelihood-sign")),
    "no-chain-rule": Member(answers=("wrong/binary_network_loss-no-tanh-prime", "wrong/network_loss-no-tanh-prime")),
    "endless": Member(code=(("predict", ENDLESS),)),
    "broken": Member(damage=lambda text: text[: len(text) // 2]),
}


def run_demo(target: Path, source: Source, jobs: int, say: Callable[[str], None]) -> RenderableType:
    """Release, hand in, collect, grade, write feedback and report in the new folder `target`; returns the table.

    Raises:
        CourseError: `target` is there already.
    """
    if target.exists():
        raise CourseError(
            "the demonstration needs a new folder",
            got=f"{target}, which exists",
            expected="a name that is free",
            fix="name another one or remove it",
        )
    course, assignment, started = Course(target), source.assignment, time.monotonic()
    made = release(course, source)
    say(f"released   {assignment}: {made.exercises} graded cells, {made.points:g} points, in English and Chinese")
    collected = collect(course.root, assignment, source.name, hand_in(course, source, target / "handed-in"))
    say(f"collected  {len(collected.new)} submissions")
    with tracked("grading") as advance:
        outcomes = grade(course, assignment, jobs=jobs, progress=lambda outcome, total: advance(outcome.student, total))
    cost = sum(outcome.execution.wall_s for outcome in outcomes)
    say(f"graded     {len(outcomes)} notebooks, {cost:.0f} s of running them")
    with tracked("feedback") as advance:
        pages = give_feedback(course, assignment, CLASS, lambda student: advance(student, len(CLASS)))
    report = report_on(course, assignment)
    page = target / "report" / f"{assignment}.html"
    write_whole(page, as_html(report, pages, beside=page))
    write_whole(page.with_suffix(".csv"), as_csv(report))
    export(course, page.with_name("grades.csv"))
    say(f"wrote      {page}, {page.with_suffix('.csv').name}, grades.csv")
    say(f"           {target}/feedback/STUDENT/{assignment}/{source.name}.html")
    say(f"all of it took {time.monotonic() - started:.0f} s\n")
    return as_table(report)


def hand_in(course: Course, source: Source, target: Path) -> Path:
    """Lay out the submissions of the class below `target`, a folder a student; returns `target`."""
    place = Path("source") / source.assignment / f"{source.name}.ipynb"
    solutions = answers_of(nbformat.read(course.root / place, as_version=4))
    for student, member in CLASS.items():
        released = course.released(source.assignment, member.language) / f"{source.name}.ipynb"
        notebook = _filled(member, nbformat.read(released, as_version=4), solutions, source.path.parent / "answers")
        write_whole(target / student / f"{source.name}.ipynb", member.damage(nbformat.writes(notebook)))
    return target


def _filled(member: Member, released: NotebookNode, solutions: dict[str, str], answers: Path) -> NotebookNode:
    solved = dict(solutions)
    if member.solved is not None:
        exercises = [name for name in solutions if not name.startswith("written-")]
        solved = {name: solutions[name] for name in exercises[: member.solved]}
    for pattern in member.answers:
        solved.update(load_answer(path) for path in sorted(answers.glob(f"{pattern}.py")))
    return fill(released, solved | dict(member.code))


@subcommand("demo")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), metavar="NEW_FOLDER")
@solutions_option
@jobs_option("Notebooks")
def command(target: Path, solutions: Path, jobs: int) -> None:
    """Try the whole loop on a made-up class of twelve, in a new folder."""
    console().print(run_demo(target, load_source(find_source(solutions, "01")), jobs, click.echo))
