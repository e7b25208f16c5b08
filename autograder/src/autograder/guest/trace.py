"""A transcript of the messages between the test runner and the workers, for `autograder run`, which shows one run."""

import reprlib
import time
from typing import Any

__all__ = ["Trace"]

MAX_MESSAGES = 5000
"""Far more than a notebook exchanges. A test that calls a function in a long loop is cut off here."""


class Trace:
    """Messages in order, each as seconds since the start, direction, channel and a shortened text."""

    def __init__(self) -> None:
        self.messages: list[tuple[float, str, int, str]] = []
        self._start = time.monotonic()
        self._repr = reprlib.Repr()
        self._repr.maxlist = self._repr.maxtuple = self._repr.maxdict = 6
        self._repr.maxstring = self._repr.maxother = 160
        self._repr.maxlevel = 4

    def note(self, direction: str, channel: int, message: Any) -> None:
        """Keep one message; `direction` is "->" towards the workers and "<-" from them."""
        # An array may be large, and a class of the student's may have any repr: only this much of either is kept.
        if len(self.messages) < MAX_MESSAGES:
            seconds = round(time.monotonic() - self._start, 4)
            self.messages.append((seconds, direction, channel, self._repr.repr(message)[:1000]))
