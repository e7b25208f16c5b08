"""Runs functions in forked children, so that a crash, a hang or a changed global stays in one of them.

A child starts with everything that its parent has imported and computed, which takes milliseconds where a new
interpreter takes a second. It has limits on processor time and memory, a deadline in wall time, and its own standard
output and error. It replies with plain data; if it crashes or hangs, its parent gives the reason. This protects from
mistakes and not from attacks: the code is the instructor's own.
"""

import contextlib
import faulthandler
import json
import math
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, NamedTuple

__all__ = ["Reply", "Task", "run_forked"]

FORK = multiprocessing.get_context("fork")
MEMORY_BYTES = 4 << 30
"""Address space of a child, which contains all that it shares with its parent."""
PRINTED_BYTES = 1 << 20
"""Bytes that a child can print; more is an error in the child."""
KEPT_BYTES = 2000
"""Bytes of that which the reply contains, from the end."""
WALL_FACTOR = 6.0
"""Deadline as a multiple of the processor time, because a child on a busy machine waits for its turn."""


class Task(NamedTuple):
    """A function for one child to call."""

    key: Any
    function: Callable[[], Any]
    """Returns plain data."""
    cpu_s: float


class Reply(NamedTuple):
    """What a child returned, or why it returned nothing."""

    key: Any
    value: Any
    failure: str
    """Why the child returned nothing; empty if it did."""
    printed: str
    """The end of what it wrote to standard output and error."""


@dataclass(frozen=True)
class _Child:
    task: Task
    process: ForkProcess
    reply: Connection
    printed: int
    deadline: float


def run_forked(tasks: Iterable[Task], jobs: int) -> Iterator[Reply]:
    """Run every task in a child of its own, at most `jobs` at a time; replies come as the children end.

    A task is taken from the iterator only when there is room for its child. The iterator may thus bring the parent into
    the state from which the next child is to be forked.
    """
    upcoming = iter(tasks)
    running: dict[Connection, _Child] = {}
    try:
        while True:
            while len(running) < jobs and (task := next(upcoming, None)) is not None:
                child = _start(task)
                running[child.reply] = child
            if not running:
                return
            # Wake up for the first reply, or for the child whose deadline is next.
            remaining = min(child.deadline for child in running.values()) - time.monotonic()
            ready = set(wait(list(running), max(0.0, remaining)))
            for child in list(running.values()):
                if child.reply in ready or time.monotonic() > child.deadline:
                    del running[child.reply]
                    yield _finish(child, child.reply in ready)
    finally:
        for child in running.values():
            _finish(child, answers=False)


def _start(task: Task) -> _Child:
    reply, sender = FORK.Pipe(duplex=False)
    printed = os.memfd_create("printed")
    process = FORK.Process(target=_run_child, args=(task, sender, printed), daemon=True)
    process.start()
    # Only the child must hold the sending end: its death is then the end of the stream.
    sender.close()
    return _Child(task, process, reply, printed, time.monotonic() + WALL_FACTOR * task.cpu_s)


def _run_child(task: Task, sender: Connection, printed: int) -> None:
    try:
        # A session of its own, so that the parent can kill whatever the child has started.
        os.setsid()
        faulthandler.disable()  # it would write where the parent had its standard error
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for descriptor in (1, 2):
            os.dup2(printed, descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", errors="replace")
        sys.stdin = os.fdopen(0)
        cpu_s = math.ceil(task.cpu_s)
        for limit, value in (
            (resource.RLIMIT_CPU, cpu_s),
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, PRINTED_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(limit, (value, value))
        sender.send_bytes(json.dumps(task.function()).encode())
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):  # more was printed than is kept
            sys.stdout.flush()
        # Without exit hooks, threads to wait for, or buffers of the parent's that would be written twice.
        os._exit(0)


def _finish(child: _Child, answers: bool) -> Reply:
    """End a child and release what it held; `answers` says whether its pipe has something to read."""
    value, failure = None, f"no end within {WALL_FACTOR * child.task.cpu_s:g} s"
    if answers:
        try:
            value, failure = json.loads(child.reply.recv_bytes()), ""
        except EOFError:
            # The pipe closes a moment before the process can be waited for.
            child.process.join(1.0)
            failure = _cause(child.process.exitcode, child.task.cpu_s)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid or 0, signal.SIGKILL)
    child.process.kill()
    child.process.join()
    child.process.close()
    child.reply.close()
    return Reply(child.task.key, value, failure, _printed(child.printed))


def _cause(status: int | None, cpu_s: float) -> str:
    """Why a child ended without a reply, from its exit status."""
    if status is not None and -status in (signal.SIGXCPU, signal.SIGKILL):
        return f"no end within {cpu_s:g} s of processor time"
    if status:
        return f"crashed: {signal.Signals(-status).name}" if status < 0 else f"ended itself with status {status}"
    return "ended itself without an answer"


def _printed(descriptor: int) -> str:
    """The end of what a child printed."""
    with os.fdopen(descriptor, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - KEPT_BYTES))
        return file.read().decode(errors="replace").strip()
