"""`autograder grade`: submissions -> scores in the gradebook."""

import json
import sys
import time
from dataclasses import asdict

import click

from autograder.commands.options import course_option, jobs_option, json_option, subcommand
from autograder.commands.progress import tracked
from autograder.course.folder import Course
from autograder.course.gradebook import find_assignment
from autograder.grading.batch import Outcome, grade
from autograder.log import escaped
from autograder.records import Change, Limits

__all__ = ["command"]


@subcommand("grade")
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
def command(
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
    assignment = find_assignment(course, notebook)
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
            click.echo(escaped(f"  {outcome.student}: {outcome.execution.state}: {outcome.execution.reason}"))
