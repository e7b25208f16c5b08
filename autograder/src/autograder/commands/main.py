"""The `autograder` command: finds a subcommand by its name and imports its module only then.

Importing everything that all subcommands need takes seconds, and `--help` would wait for it. So the group knows each
subcommand's name and its line of help; a test compares the lines with what the commands say of themselves.
"""

import importlib
import logging
from typing import Any

import click

from autograder import __version__
from autograder.errors import AutograderError
from autograder.log import escaped, log_path

__all__ = ["SUBCOMMANDS", "main"]

LOGGER = logging.getLogger(__name__)

SUBCOMMANDS = {
    "release": "Make the students' notebooks from their sources.",
    "collect": "Bring what students handed in to its place.",
    "grade": "Run submissions and enter their scores.",
    "feedback": "Write a page for each graded student.",
    "report": "Show points by student and by exercise.",
    "export": "Write all scores of all notebooks as CSV.",
    "run": "Run one submission and show everything about it.",
    "prove": "Try the tests on wrong and right answers.",
    "slides": "Make a deck of slides from each notebook.",
    "doctor": "Show which tier of the sandbox holds on this machine.",
    "demo": "Try the whole loop on a made-up class of twelve.",
}
"""In the order of the work. Each is the command `command` of the module of that name in this package."""

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


class _Subcommands(click.Group):
    """Subcommands that are imported when they are called; errors as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = importlib.import_module(f"autograder.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except AutograderError as error:
            LOGGER.error("%s", error, exc_info=True)
            raise click.ClickException(escaped(str(error))) from error
        except Exception as error:  # a fault of ours, or of the machine's: a sentence here, the traceback in the log
            LOGGER.exception("an unexpected error")
            raise click.ClickException(escaped(_unexpected(error))) from error


def _unexpected(error: Exception) -> str:
    path = log_path()
    place = f"the log, {path}, has the traceback" if path else "--verbose shows the traceback"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.strerror}: {error.filename}. To fix it: name another file, or make room; {place}."
    return f"an error of the grader itself: {type(error).__name__}: {error}. To fix it: please report it; {place}."


@click.group(cls=_Subcommands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """All subcommands hang on this one."""
