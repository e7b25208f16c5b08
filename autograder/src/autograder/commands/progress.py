"""Progress of long work: a bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

__all__ = ["tracked"]


@contextmanager
def tracked(title: str, quiet: bool = False) -> Iterator[Callable[[str, int], None]]:
    """A function that takes the name of what is done and the number of all there is to do."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[last]}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=quiet or not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=None, last="")

        def advance(name: str, total: int) -> None:
            bar.update(task, advance=1, total=total, last=name)

        yield advance


class _Rate(ProgressColumn):
    """How many a minute, lately."""

    def render(self, task: Task) -> Text:
        return Text(f"{60 * task.speed:.0f} a minute" if task.speed else "", style="progress.data.speed")
