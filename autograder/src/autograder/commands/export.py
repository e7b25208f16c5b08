"""`autograder export`: the gradebook as CSV."""

from pathlib import Path

import click

from autograder.commands.options import course_option, subcommand
from autograder.course.folder import Course
from autograder.marks.export import export

__all__ = ["command"]


@subcommand("export")
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("grades.csv"), show_default=True)
@course_option
def command(target: Path, course: Course) -> None:
    """Write all scores of all notebooks as CSV."""
    click.echo(f"{target}: {export(course, target)} scores")
