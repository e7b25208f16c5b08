"""The thread of the grader that starts all sandboxes and checks them against their quotas.

A sandbox is set up to die with the *thread* that started it (prctl(2), PR_SET_PDEATHSIG). This thread lives as long as
the grader, so sandboxes die with the grader, even if it is killed by SIGKILL, and not with the thread that wanted one.
"""

import functools
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

__all__ = ["CHECK_INTERVAL_S", "Keeper", "keeper"]

CHECK_INTERVAL_S = 0.02
"""Seconds between two checks of a sandbox. It can exceed its quota by what it can use in this time."""

Result = TypeVar("Result")


class Watched(Protocol):
    """What the keeper checks."""

    def check(self) -> bool:
        """Check once. Returns True if it has ended and needs no more checks. Must not raise."""


class Keeper:
    """The thread, its queue of calls, and what it checks."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._watched: list[Watched] = []
        threading.Thread(target=self._run, name="sandboxes", daemon=True).start()

    def call(self, task: Callable[[], Result]) -> Result:
        """Call a function in the keeper's thread and return its result, or raise its error."""
        future: Future[Result] = Future()
        self._tasks.put((future, task))
        return future.result()

    def watch(self, box: Watched) -> None:
        """Check a box every `CHECK_INTERVAL_S` from now on, until it has ended."""
        self.call(lambda: self._watched.append(box))

    def _run(self) -> None:
        due = time.monotonic()
        while True:
            # Calls are served at once; if none comes before the next check is due, it is time for that. With nothing
            # to check, the thread sleeps until it is called.
            try:
                future, task = self._tasks.get(timeout=max(0.0, due - time.monotonic()) if self._watched else None)
            except queue.Empty:
                self._watched = [box for box in self._watched if not box.check()]
                due = time.monotonic() + CHECK_INTERVAL_S
                continue
            try:
                future.set_result(task())
            except BaseException as error:  # raised in the caller's thread, by `future.result`
                future.set_exception(error)


def keeper() -> Keeper:
    """The keeper of this process; a forked child has its own."""
    return _keeper_of(os.getpid())


@functools.cache
def _keeper_of(_process: int) -> Keeper:
    return Keeper()
