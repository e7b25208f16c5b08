"""`autograder feedback`: autograded/ -> a page for each student."""

import json

import click

from autograder.commands.options import course_option, json_option, subcommand
from autograder.commands.progress import tracked
from autograder.course.folder import Course
from autograder.course.gradebook import find_assignment
from autograder.reports.feedback import give_feedback

__all__ = ["command"]


@subcommand("feedback")
@click.argument("notebook")
@click.argument("students", nargs=-1, metavar="[STUDENT]...")
@course_option
@json_option
def command(notebook: str, students: tuple[str, ...], course: Course, machine: bool) -> None:
    """Write a page for each graded student: feedback/STUDENT/NOTEBOOK."""
    assignment = find_assignment(course, notebook)
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
