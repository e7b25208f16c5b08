"""Covers `guest.notebook_run`, `guest.test_side`: two exercises against a student's side whose replies are prepared.

Whatever takes the place of one reply, the exercise that it belongs to changes and the other one does not.
"""

from typing import Any

import pytest
from autograder.guest.link import SandboxLost
from autograder.guest.messages import Cell, CellRan, Job, NamesRead, Record, Returned
from autograder.guest.notebook_run import NotebookRun
from autograder.guest.protocol import ROOT, Exited
from hypothesis import given
from hypothesis import strategies as st
from peers import PreparedSandbox

CELLS = (
    Cell("f", "student", "def f(x): ..."),
    Cell("test-f", "test", "assert f(2) == 4\n1"),
    Cell("g", "student", "def g(x): ..."),
    Cell("test-g", "test", "assert g(2) == 8\n2"),
)
JOB = Job(CELLS, ("f", "g"), (), cpu_s=1.0, memory_mib=100, output_kib=1, environment={})
REPLIES: dict[int, Any] = {
    # Channels in the order in which workers are forked: one reads names, two run cells, two serve tests.
    2: NamesRead([[], []]),
    3: CellRan([{"output_type": "stream", "name": "stdout", "text": "f is here"}]),
    4: CellRan([]),
    5: Returned(4, None, ""),
    6: Returned(8, None, ""),
}


def run(replies: dict[int, Any], job: Job = JOB) -> Record:
    """The record of a run in which each worker gives one reply, and ends if that is an `Exited`."""
    sandbox = PreparedSandbox()
    try:
        sandbox.starts(ROOT)
        for channel, reply in replies.items():
            sandbox.starts(channel)
            if isinstance(reply, Exited):
                sandbox.notes(reply)
            else:
                sandbox.says(channel, reply)
        sandbox.hangs_up()
        notebook = NotebookRun(job, sandbox.link)
        try:
            notebook.run_cells()
            notebook.run_tests()
        except SandboxLost:
            pass
        return notebook.record()
    finally:
        sandbox.close()


def words(record: Record) -> dict[str, list[str]]:
    """Each output of each cell in a word."""
    return {
        cell: [output.get("ename") or output.get("text") or output["data"]["text/plain"] for output in result.outputs]
        for cell, result in record.runs.items()
    }


HONEST = {"f": ["f is here"], "g": [], "test-f": ["1"], "test-g": ["2"]}


def test_an_honest_student_side() -> None:
    record = run(REPLIES)
    assert words(record) == HONEST
    assert record.finished


CHANGED: dict[str, tuple[int, Any, dict[str, list[str]]]] = {
    "a wrong answer": (5, Returned(5, None, ""), {"test-f": ["AssertionError"]}),
    "a printing answer": (6, Returned(8, None, "hm"), {"test-g": ["hm", "2"]}),
    "an answer of another form": (5, ["Returned", 4], {"test-f": ["Crash"]}),
    "an answer to something else": (5, CellRan([]), {"test-f": ["Crash"]}),
    "the end during a test": (6, Exited(6, 11, 0), {"test-g": ["Crash"]}),
    "outputs that are none": (3, CellRan([1, None, {"output_type": "x"}]), {"f": []}),
    "outputs that are no list": (3, ["CellRan", "text"], {"f": ["Crash"]}),
    "the end of a cell": (4, Exited(4, 9, 5000), {"g": ["TimeLimit"]}),
    "names of another form": (2, ["NamesRead", 3], {}),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_is_wrong_costs_its_own_cell_or_test(case: str) -> None:
    channel, reply, changed = CHANGED[case]
    record = run(REPLIES | {channel: reply})
    assert words(record) == HONEST | changed
    assert record.finished


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
kinds = st.sampled_from(["CellRan", "Returned", "Raised", "Fault", "TimedOut", "NamesRead"])


@given(anything | st.tuples(kinds, anything).map(list) | st.tuples(kinds, anything, anything, anything).map(list))
def test_any_value_costs_its_own_cell_or_test(value: Any) -> None:
    for channel, cell in ((3, "f"), (5, "test-f")):
        record = run(REPLIES | {channel: value})
        assert record.finished
        others = {name: outputs for name, outputs in words(record).items() if name != cell}
        assert others == {name: outputs for name, outputs in HONEST.items() if name != cell}


def test_the_record_of_a_lost_sandbox_says_what_was_running() -> None:
    replies = {channel: reply for channel, reply in REPLIES.items() if channel < 6}
    record = run(replies)
    assert (record.started, record.finished, record.running) == (True, False, "test-g")
    assert words(record) == {cell: outputs for cell, outputs in HONEST.items() if cell != "test-g"}


def test_a_sandbox_that_never_started() -> None:
    sandbox = PreparedSandbox()
    sandbox.hangs_up()
    notebook = NotebookRun(JOB, sandbox.link)
    with pytest.raises(SandboxLost):
        notebook.run_cells()
    assert not notebook.record().started
    sandbox.close()
