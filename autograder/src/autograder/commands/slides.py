"""`autograder slides`: the lectures that the notebooks hold."""

from pathlib import Path

import click

from autograder.commands.options import solutions_option, subcommand
from autograder.commands.progress import tracked
from autograder.course.languages import LANGUAGES
from autograder.course.source import find_source, load_source, sources_in
from autograder.reports.slides import build_deck, copy_assets

__all__ = ["command"]


@subcommand("slides")
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/slides"),
    show_default=True,
    help="Folder of the decks.",
)
@solutions_option
def command(notebooks: tuple[str, ...], target: Path, solutions: Path) -> None:
    """Make a deck of slides from each notebook in each language; they open in a browser without a network."""
    paths = [find_source(solutions, name) for name in notebooks] or list(sources_in(solutions).values())
    sources = [load_source(path) for path in paths]
    copy_assets(target)
    with tracked("slides") as advance:
        for source in sources:
            for language in LANGUAGES:
                deck = build_deck(source, language, target)
                advance(f"{source.assignment} {language}", len(sources) * len(LANGUAGES))
                click.echo(str(deck))
