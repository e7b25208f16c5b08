"""Runs the cells and tests of notebooks, in a sandbox of its own, because it reads what hostile code sends.

One process serves a whole class: it starts once and imports what the tests import. For each submission it forks a
child, which is handed the pipes to a student's sandbox and a job, and which

1. has the student's side run its cells in order, each in a fork of the state before, and keeps the state that each
   test is to see as a snapshot (`notebook_run.NotebookRun.run_cells`);
2. runs the tests here, each against a fork of its snapshot, first the visible parts of all, then the hidden parts
   (`notebook_run.NotebookRun.run_tests`).

A name that the student was to define is a proxy here. Every other name is the instructor's or Python's.

When student code has damaged its sandbox so much that nothing more can be learnt in it, the record names the cell or
test that was running. The grader sends the job again to a new sandbox, and that one is skipped.

`messages` has the job and the record.
"""

import contextlib
import importlib
import os
import signal
import socket
import sys
import traceback

from .cell_runner import MAX_TRACEBACK
from .codec import MAX_FRAME, Codec, WireError
from .link import Link, SandboxLost
from .messages import Job, Record
from .notebook_run import NotebookRun
from .protocol import Closed, read_frame, write_frame
from .trace import Trace
from .typed import from_plain, to_plain

__all__ = ["main"]

CODEC = Codec()
"""For jobs and records, which hold no references."""


def main() -> None:
    """Serve jobs. The program's arguments are the descriptor of the control socket, and modules to import ahead."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        with contextlib.suppress(Exception):  # the cell that needs it will say so
            importlib.import_module(module)
    # Ignored, so that the kernel reaps the children.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"r")
    while True:
        # One byte with three descriptors: the job's socket, and the two pipes of a student's sandbox.
        message, descriptors, _, _ = socket.recv_fds(control, 1, 3)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            _run_job(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _run_job(job_socket: int, to_supervisor: int, from_supervisor: int) -> None:
    """Read a job, run it, and write its record on channel 0 or the test runner's own error on channel 1; then exit."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, data = read_frame(job_socket, MAX_FRAME)
        job = from_plain(Job, CODEC.unpack(data))
        record = run_notebook(job, Link(to_supervisor, from_supervisor))
        write_frame(job_socket, 0, CODEC.pack(to_plain(record)))
    except BaseException:
        with contextlib.suppress(Closed, WireError):
            write_frame(job_socket, 1, traceback.format_exc()[-MAX_TRACEBACK:].encode("utf-8", "replace"))
    finally:
        os._exit(0)


def run_notebook(job: Job, link: Link) -> Record:
    """Run the cells and tests of one submission.

    Args:
        job: what to run and within which limits.
        link: to the student's sandbox.

    Returns:
        The record of what came of each cell and test, as far as the sandbox lasted.
    """
    # Before any test is run: `chainrule.check` reads language and seed from the environment.
    os.environ.update(job.environment)
    if job.traced:
        link.trace = Trace()
    run = NotebookRun(job, link)
    with contextlib.suppress(SandboxLost):
        run.run_cells()
        run.run_tests()
    return run.record()


if __name__ == "__main__":
    main()
