"""What several commands share: options, and where they print."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from autograder.course.folder import Course
from autograder.log import keep_log, show_log

__all__ = ["console", "course_option", "jobs_option", "json_option", "solutions_option", "subcommand"]


def subcommand(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A subcommand of `autograder`, with what all of them have: `--verbose`."""
    verbose = click.option(
        "--verbose",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=lambda _context, _option, wanted: show_log() if wanted else None,
        help="Show the log, with every detail, on standard error.",
    )
    return lambda function: click.command(name)(verbose(function))


def course_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--course`, given to the command as a Course."""
    return click.option(
        "--course",
        default=".",
        show_default="where you stand",
        type=click.Path(file_okay=False, path_type=Path),
        callback=lambda _context, _option, path: _course(path),
        help="The course folder: gradebook, submitted, autograded, feedback.",
    )(command)


def _course(path: Path) -> Course:
    """The course of a folder; if it is one already, what goes wrong is written to its log."""
    course = Course(path)
    if course.gradebook_path.is_file():
        keep_log(course.root)
    return course


def solutions_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--solutions`, for commands that need no course folder."""
    return click.option(
        "--solutions",
        default=Path("solutions"),
        show_default=True,
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder of the sources.",
    )(command)


def json_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--json`: for programs."""
    return click.option("--json", "machine", is_flag=True, help="Print JSON, for programs.")(command)


def jobs_option(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--jobs`: how many run side by side."""
    return click.option(
        "--jobs", type=click.IntRange(min=0), default=0, help=f"{what} side by side.  [default: one a core]"
    )


def console() -> Console:
    """Standard output: with colours on a terminal, plain and wide elsewhere."""
    return Console(width=None if sys.stdout.isatty() else 140, highlight=False)
