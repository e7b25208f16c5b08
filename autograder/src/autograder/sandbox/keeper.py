"""One thread of the grader that starts all sandboxes and looks after them.

It starts them because a sandbox dies with the *thread* that started it (prctl(2), PR_SET_PDEATHSIG), and this one
lives as long as the grader; the grader's death, even by SIGKILL, is then the death of its sandboxes.
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
"""Seconds between two looks at a sandbox: what it can use beyond its quota is what it can use in this time."""

Result = TypeVar("Result")


class Watched(Protocol):
    """What the keeper looks after."""

    def check(self) -> bool:
        """Look at it once; true if there will be nothing more to see. Never raises."""


class Keeper:
    """The thread and what it has to do."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._watched: list[Watched] = []
        threading.Thread(target=self._run, name="sandboxes", daemon=True).start()

    def call(self, task: Callable[[], Result]) -> Result:
        """Result of a function that is called in the keeper's thread."""
        future: Future[Result] = Future()
        self._tasks.put((future, task))
        return future.result()

    def watch(self, box: Watched) -> None:
        """Look at it regularly from now on."""
        self.call(lambda: self._watched.append(box))

    def _run(self) -> None:
        due = time.monotonic()
        while True:
            try:
                future, task = self._tasks.get(timeout=max(0.0, due - time.monotonic()) if self._watched else None)
            except queue.Empty:
                self._watched = [box for box in self._watched if not box.check()]
                due = time.monotonic() + CHECK_INTERVAL_S
                continue
            try:
                future.set_result(task())
            except BaseException as error:  # it belongs to the caller
                future.set_exception(error)


def keeper() -> Keeper:
    """The keeper of this process; a forked child has its own."""
    return _keeper_of(os.getpid())


@functools.cache
def _keeper_of(_process: int) -> Keeper:
    return Keeper()
