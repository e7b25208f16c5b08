"""A bar that shows how far training is; silent unless asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Silence", "bar"]


class Silence:
    """Shows nothing.

    >>> with bar(10, show=False) as shown:
    ...     shown.step()
    ...     shown.say("epoch 1/1")
    """

    def step(self) -> None:
        """One optimiser step is done."""

    def say(self, text: str) -> None:
        """What to write beside the bar."""


@contextmanager
def bar(steps: int, show: bool) -> Iterator[Silence]:
    """A bar of so many steps in the terminal or notebook, or nothing."""
    if not show:
        yield Silence()
        return
    # Only who wants a bar pays for the import.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    class Shown(Silence):
        def step(self) -> None:
            progress.advance(task)

        def say(self, text: str) -> None:
            progress.update(task, description=text)

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=steps)
        yield Shown()
