"""`autograder collect`: what an LMS exports -> submitted/."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from autograder.commands.options import course_option, json_option, subcommand
from autograder.course.collect import collect
from autograder.course.folder import Course
from autograder.course.gradebook import find_assignment, notebook_name

__all__ = ["command"]


@subcommand("collect")
@click.argument("notebook")
@click.argument("origin", type=click.Path(path_type=Path), metavar="FOLDER_OR_ARCHIVE")
@course_option
@json_option
def command(notebook: str, origin: Path, course: Course, machine: bool) -> None:
    """Bring what students handed in to its place: submitted/STUDENT/NOTEBOOK.

    Takes a folder, a .zip or a .tar archive with a folder a student, or one file a student named STUDENT_….ipynb.
    """
    assignment = find_assignment(course, notebook)
    collected = collect(course.root, assignment, notebook_name(course, assignment), origin)
    if machine:
        click.echo(json.dumps(asdict(collected)))
        return
    counts = (len(collected.new), len(collected.changed), len(collected.same))
    click.echo("{}: {} new, {} changed, {} as before".format(assignment, *counts))
