"""Covers `guest.test_runner`: a job through a socket to a forked child; its record, or the error that it ended with."""

import os
import socket

from autograder.guest.codec import MAX_FRAME, Codec
from autograder.guest.messages import Cell, CellRan, CellRun, Job, NamesRead, Record
from autograder.guest.protocol import ROOT, read_frame, write_frame
from autograder.guest.test_runner import _run_job
from autograder.guest.typed import from_plain, to_plain
from peers import PreparedSandbox

CODEC = Codec()
JOB = Job(
    (Cell("f", "student", "x = 1"), Cell("t", "test", "import os\nprint(os.environ['GREETING'])\n1.5")),
    (),
    (),
    cpu_s=1.0,
    memory_mib=100,
    output_kib=1,
    environment={"GREETING": "hello"},
    traced=True,
)


def answer(data: bytes) -> tuple[int, bytes]:
    """What a forked child sends back for a job."""
    sandbox = PreparedSandbox()
    sandbox.starts(ROOT)
    for channel, reply in ((2, NamesRead([[]])), (3, CellRan([]))):
        sandbox.starts(channel)
        sandbox.says(channel, reply)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        write_frame(ours.fileno(), 0, data)
        pid = os.fork()
        if not pid:
            _run_job(theirs.fileno(), sandbox.link.to_supervisor, sandbox.link.from_supervisor)
        theirs.close()
        try:
            return read_frame(ours.fileno(), MAX_FRAME)
        finally:
            os.waitpid(pid, 0)
            sandbox.close()


def test_a_job_has_a_record() -> None:
    channel, data = answer(CODEC.pack(to_plain(JOB)))
    assert channel == 0
    record = from_plain(Record, CODEC.unpack(data))
    points = {"data": {"text/plain": "1.5"}, "execution_count": None, "metadata": {}, "output_type": "execute_result"}
    greeting = {"output_type": "stream", "name": "stdout", "text": "hello\n"}
    assert record.runs == {"f": CellRun([]), "t": CellRun([greeting, points])}
    assert (record.started, record.finished) == (True, True)
    assert [direction for _, direction, channel, _ in record.messages if channel == 3] == ["->", "->", "<-"]


def test_what_is_no_job_is_an_error_of_the_test_runner() -> None:
    channel, data = answer(CODEC.pack(to_plain(JOB) | {"cells": 3}))
    assert channel == 1
    assert "FormError" in data.decode()
