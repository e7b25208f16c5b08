"""A bar that shows how far training is; silent unless asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["NoBar", "bar"]


class NoBar:
    """A progress bar that shows nothing.

    >>> with bar(10, show=False) as progress_bar:
    ...     progress_bar.step()
    ...     progress_bar.say("epoch 1/1")
    """

    def step(self) -> None:
        """Count one optimiser step."""

    def say(self, text: str) -> None:
        """Write a text beside the bar."""


@contextmanager
def bar(steps: int, show: bool) -> Iterator[NoBar]:
    """A bar of so many steps in the terminal or notebook, or nothing."""
    if not show:
        yield NoBar()
        return
    # here, so that only those who want a bar pay for the import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    class RichBar(NoBar):
        def step(self) -> None:
            progress.advance(task)

        def say(self, text: str) -> None:
            progress.update(task, description=text)

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=steps)
        yield RichBar()
