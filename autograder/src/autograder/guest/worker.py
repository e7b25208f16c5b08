"""A worker process: one state of the student's notebook, from its start or its fork to its end.

The root worker imports ahead and waits. Every other worker is forked from one that waits, and answers the requests of
the test runner (`requests`) until it is forked in turn, killed, or no longer needed.
"""

import contextlib
import os
import socket
import time
import traceback
import warnings
from typing import Any, NoReturn

from .protocol import LENGTH, Closed, receive_message, send_message
from .requests import RequestHandler

__all__ = ["run_root_worker"]

ADOPTION_POLL_S = 0.0002
"""Seconds between two looks at whether a copy has been adopted by the supervisor."""


def run_root_worker(channel: socket.socket, modules: list[str]) -> NoReturn:
    """Be the root worker: import modules ahead, then serve until the supervisor closes the channel."""
    try:
        errors = os.dup(2)
        # Before any import: a module that prints must not print into the supervisor's pipes.
        _detach_standard_streams()
        _start_session()
        try:
            from .session import Session

            session = Session(modules)
        except BaseException:
            # No student code has run yet, so this is a fault of ours, and the grader's log may have all of it.
            os.write(errors, traceback.format_exc().encode("utf-8", "replace"))
            raise
        # Closed before any student code runs: what is written to it is taken for ours.
        os.close(errors)
        _serve(channel, session)
    finally:
        os._exit(0)


def _detach_standard_streams() -> None:
    """Point standard input, output and error at /dev/null: the real ones are the supervisor's pipes."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def _start_session() -> None:
    """Leave the supervisor's session: no controlling terminal, and signals to the group stay among the workers."""
    with contextlib.suppress(OSError):
        os.setsid()


def _serve(sock: socket.socket, session: Any) -> None:
    """Serve requests. A fork leaves this loop in the parent and starts it anew in the child, on a socket of its own."""
    while True:
        send_message(sock, LENGTH.pack(os.getpid()))
        child = _serve_until_forked(sock, session)
        if child is None:
            return
        sock.close()
        sock = child


def _serve_until_forked(sock: socket.socket, session: Any) -> socket.socket | None:
    """Serve requests. Returns the new socket in a forked child, None in the parent once its channel is closed."""
    handler = RequestHandler(sock)
    while True:
        try:
            request, descriptors = receive_message(sock)
            if descriptors:
                child = _fork(descriptors[0])
                if child is not None:
                    return child
                continue
            handler.handle(request, session)
        except Closed:
            return None
        except Exception:
            # An error of student code is a reply. This one is ours, or made to look so.
            handler.report_fault(traceback.format_exc())
            return None


def _fork(descriptor: int) -> socket.socket | None:
    """Fork a copy that the supervisor can reap. Returns the copy's socket in the copy, None in this process."""
    # The process in between ends at once, which orphans the copy; the supervisor, a subreaper, becomes its parent.
    with warnings.catch_warnings():
        # Python warns of forks in a process with threads: NumPy's are idle, the student's are the student's risk.
        warnings.simplefilter("ignore")
        try:
            between = os.fork()
        except OSError:
            # No more processes: the supervisor sees the socket close before a process number has come.
            os.close(descriptor)
            return None
        if between == 0:
            parent = os.getpid()
            try:
                copy = os.fork()
            except OSError:
                os._exit(1)
            if copy:
                os._exit(0)
            # Until it has been adopted, its end would not be reported to the supervisor.
            while os.getppid() == parent:
                time.sleep(ADOPTION_POLL_S)
            return socket.socket(fileno=descriptor)
    os.close(descriptor)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(between, 0)
    return None
