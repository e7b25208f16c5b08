"""The `autograder` command: one subcommand a step, from source to marks."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from autograder import __version__
from autograder.commands.demo import run_demo
from autograder.commands.doctor import doctor_command
from autograder.commands.options import console, course_option, jobs_option, json_option, solutions_option
from autograder.commands.progress import tracked
from autograder.commands.prove import prove_command
from autograder.commands.slides import slides_command
from autograder.course.collect import collect
from autograder.course.folder import Course
from autograder.course.release import release, stale
from autograder.course.source import find_source, load_source, sources_in
from autograder.errors import AutograderError
from autograder.files import write_whole
from autograder.grading.batch import Outcome, grade
from autograder.marks.export import export
from autograder.records import Change, Limits
from autograder.reports.feedback import give_feedback
from autograder.reports.page import as_html
from autograder.reports.report import as_csv, as_json, as_table, report_on

__all__ = ["main"]


class _Commands(click.Group):
    """Commands in the order of the work, and errors as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            raise click.ClickException(str(error)) from error


HELP = """\
Release, collect, grade and hand back notebooks, in English and Chinese.

NOTEBOOK is a name such as 01-regression, or its number or word: 01, regression. A term in five lines:

\b
  autograder release 01                     what students get: course/en, course/zh
  autograder collect 01 submissions.zip     what they handed in: submitted/
  autograder grade 01                       scores: gradebook.db, autograded/
  autograder feedback 01                    a page for each student: feedback/
  autograder report 01                      how the class did
"""


@click.group(cls=_Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """All commands hang on this one."""


@main.command("release")
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@click.option(
    "--solutions",
    default=None,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the sources.  [default: solutions/ in the course folder]",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if course/ is not what the sources make.")
@course_option
def release_command(notebooks: tuple[str, ...], solutions: Path | None, check: bool, course: Course) -> None:
    """Make the students' notebooks from their sources, all of them unless some are named.

    Solutions, hidden tests and marking schemes stay behind; the gradebook learns exercises and points.
    """
    solutions = solutions or course.root / "solutions"
    paths = [find_source(solutions, name) for name in notebooks] or list(sources_in(solutions).values())
    sources = [load_source(path) for path in paths]
    if check:
        old = [path for source in sources for path in stale(course.root / "course", source)]
        if old:
            raise click.ClickException(
                f"these are not what {solutions} makes today: {', '.join(map(str, old))}. "
                "To fix it: run autograder release and commit course/."
            )
        click.echo(f"course/ is up to date: {len(sources)} notebooks")
        return
    for source in sources:
        made = release(course, source)
        click.echo(f"{made.assignment}: {made.exercises} graded cells, {made.points:g} points")
        for path in made.notebooks:
            click.echo(f"  {path}")


@main.command("collect")
@click.argument("notebook")
@click.argument("origin", type=click.Path(path_type=Path), metavar="FOLDER_OR_ARCHIVE")
@course_option
@json_option
def collect_command(notebook: str, origin: Path, course: Course, machine: bool) -> None:
    """Bring what students handed in to its place: submitted/STUDENT/NOTEBOOK.

    Takes a folder, a .zip or a .tar archive with a folder a student, or one file a student named STUDENT_….ipynb.
    """
    assignment = course.find_assignment(notebook)
    collected = collect(course.root, assignment, course.notebook_name(assignment), origin)
    if machine:
        click.echo(json.dumps(asdict(collected)))
        return
    counts = (len(collected.new), len(collected.changed), len(collected.same))
    click.echo("{}: {} new, {} changed, {} as before".format(assignment, *counts))


@main.command("grade")
@click.argument("notebook")
@click.argument("students", nargs=-1, metavar="[STUDENT]...")
@click.option("--force", is_flag=True, help="Run again what is graded already.")
@jobs_option("Notebooks")
@click.option(
    "--cell-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=Limits.cell_s,
    show_default=True,
    help="Processor time for one cell, or for one test's calls; then it is ended.",
)
@click.option(
    "--notebook-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=Limits.notebook_s,
    show_default=True,
    help="Processor time for a whole notebook; then the rest of it does not run.",
)
@click.option("--yes", is_flag=True, help="Do not ask before a score that is in the gradebook changes.")
@click.option(
    "--trust-students",
    is_flag=True,
    help="Grade without a sandbox where there is none. Only for notebooks that you would run as your own.",
)
@course_option
@json_option
def grade_command(
    notebook: str,
    students: tuple[str, ...],
    force: bool,
    jobs: int,
    cell_seconds: float,
    notebook_seconds: float,
    yes: bool,
    trust_students: bool,
    course: Course,
    machine: bool,
) -> None:
    """Run submissions and enter their scores, everybody's unless students are named.

    What is graded and has not changed is not run again; after a change of one test, only that test is. If a score that
    is in the gradebook would change, says whose, and asks on a terminal. Interrupt it as you like: the same command
    goes on.

    Ends with status 1 if a submission could not be graded; the others are.
    """
    assignment = course.find_assignment(notebook)
    limits = Limits(cell_s=cell_seconds, notebook_s=notebook_seconds)
    started = time.monotonic()
    with tracked(f"grading {assignment}", quiet=machine) as advance:
        outcomes = grade(
            course,
            assignment,
            students=students or None,
            limits=limits,
            jobs=jobs,
            force=force,
            trust_students=trust_students,
            approve=lambda changes: _approve(changes, quiet=machine, ask=not yes and sys.stdin.isatty()),
            progress=lambda outcome, total: advance(outcome.student, total),
        )
    if machine:
        click.echo(json.dumps([asdict(outcome) for outcome in outcomes]))
    else:
        _tell(assignment, outcomes, time.monotonic() - started)
    if any(outcome.execution.state == "not graded" for outcome in outcomes):
        sys.exit(1)


def _approve(changes: list[Change], quiet: bool, ask: bool) -> bool:
    """Show whose score would change, and ask if somebody is there to answer."""
    click.echo(f"scores that change: {len({change.student for change in changes})} students", err=quiet)
    for change in changes:
        click.echo(f"  {change.student}: {change.item}: {change.before:g} -> {change.after:g}", err=quiet)
    return not ask or click.confirm("Enter them?", err=quiet)


def _tell(assignment: str, outcomes: list[Outcome], wall_s: float) -> None:
    fresh = sum(outcome.fresh for outcome in outcomes)
    click.echo(f"{assignment}: {fresh} run, {len(outcomes) - fresh} as before, in {wall_s:.0f} s")
    for outcome in outcomes:
        if outcome.execution.state != "graded":
            click.echo(f"  {outcome.student}: {outcome.execution.state}: {outcome.execution.reason}")


@main.command("feedback")
@click.argument("notebook")
@click.argument("students", nargs=-1, metavar="[STUDENT]...")
@course_option
@json_option
def feedback_command(notebook: str, students: tuple[str, ...], course: Course, machine: bool) -> None:
    """Write a page for each graded student: feedback/STUDENT/NOTEBOOK."""
    assignment = course.find_assignment(notebook)
    wanted = students or tuple(course.submissions(assignment))
    with tracked(f"feedback {assignment}", quiet=machine) as advance:
        pages = give_feedback(course, assignment, wanted, lambda student: advance(student, len(wanted)))
    if machine:
        click.echo(json.dumps({student: str(page) for student, page in pages.items()}))
        return
    click.echo(f"{assignment}: {len(pages)} pages below {course.root / 'feedback'}")
    for student in wanted:
        if student not in pages:
            click.echo(f"  {student}: no page, not graded")


@main.command("report")
@click.argument("notebook")
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the table as CSV, too.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Write a page with pictures, too.")
@course_option
@json_option
def report_command(notebook: str, csv_path: Path | None, html_path: Path | None, course: Course, machine: bool) -> None:
    """Show points by student and by exercise, with mean and distribution."""
    assignment = course.find_assignment(notebook)
    report = report_on(course, assignment)
    if csv_path:
        write_whole(csv_path, as_csv(report))
    if html_path:
        pages = {row.student: course.step("feedback", row.student, assignment) for row in report.rows}
        name = f"{course.notebook_name(assignment)}.html"
        there = {student: folder / name for student, folder in pages.items() if (folder / name).is_file()}
        write_whole(html_path, as_html(report, there, beside=html_path))
    if machine:
        click.echo(json.dumps(as_json(report)))
    else:
        console().print(as_table(report))


@main.command("demo")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), metavar="NEW_FOLDER")
@solutions_option
@jobs_option("Notebooks")
def demo_command(target: Path, solutions: Path, jobs: int) -> None:
    """Try the whole loop on a made-up class of twelve, in a new folder."""
    console().print(run_demo(target, load_source(find_source(solutions, "01")), jobs, click.echo))


@main.command("export")
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("grades.csv"), show_default=True)
@course_option
def export_command(target: Path, course: Course) -> None:
    """Write all scores of all notebooks as CSV."""
    click.echo(f"{target}: {export(course, target)} scores")


main.add_command(doctor_command)
main.add_command(prove_command)
main.add_command(slides_command)
