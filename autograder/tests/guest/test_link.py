"""Covers `guest.link`: real pipes to a sandbox whose messages are prepared, against what may be made of them."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from autograder.guest.codec import Codec
from autograder.guest.link import MAX_FAULTS, Budget, SandboxLost, Worker, WorkerDied
from autograder.guest.messages import CellRan, Fault, Returned, TimedOut, Values
from autograder.guest.protocol import ROOT, Exited, Fork, Kill
from hypothesis import given
from hypothesis import strategies as st
from peers import PreparedSandbox

CODEC = Codec()
BUDGET = Budget(cpu_s=2.0, memory_mib=100)


@pytest.fixture
def sandbox() -> Iterator[PreparedSandbox]:
    prepared = PreparedSandbox()
    yield prepared
    prepared.close()


def worker(sandbox: PreparedSandbox) -> Worker:
    """A worker on channel 5 whose clock runs."""
    started = Worker(sandbox.link, 5)
    started.set_limits(BUDGET, CODEC)
    return started


def test_forks_have_channels_of_their_own(sandbox: PreparedSandbox) -> None:
    for channel in (ROOT, 2, 3):
        sandbox.starts(channel)
    root = sandbox.link.root()
    assert [root.fork().channel, root.fork().channel] == [2, 3]
    assert sandbox.heard() == [(0, Fork(ROOT, 2)), (0, Fork(ROOT, 3))]


def test_messages_of_other_workers_are_dropped(sandbox: PreparedSandbox) -> None:
    for channel in (4, 6, 5):
        sandbox.says(channel, Returned(channel, None, ""))
    assert worker(sandbox).receive(CODEC, Returned).result == 5


ENDS = {
    # status of waitpid(2) and milliseconds used: what is said of it, and whether it counts as a limit on time
    "by itself": (3 << 8, 0, "its process ended itself", False),
    "a crash": (signal.SIGSEGV, 0, "its process was ended by SIGSEGV", False),
    "killed early": (signal.SIGKILL, 100, "its process was ended by SIGKILL", False),
    "killed at its limit": (signal.SIGKILL, 2000, "longer than 2 s", True),
    "a limit a little early": (signal.SIGXCPU, 1300, "longer than 2 s", True),
    "a signal without a name": (40, 0, "its process was ended by signal 40", False),
}


@pytest.mark.parametrize("case", ENDS)
def test_the_end_of_a_worker_is_explained(case: str, sandbox: PreparedSandbox) -> None:
    status, cpu_ms, sentence, timed_out = ENDS[case]
    sandbox.notes(Exited(5, int(status), cpu_ms))
    with pytest.raises(WorkerDied) as died:
        worker(sandbox).receive(CODEC, Returned)
    assert (str(died.value), died.value.timed_out) == (sentence, timed_out)


def test_nothing_in_time_is_a_limit_and_the_worker_is_killed(sandbox: PreparedSandbox) -> None:
    late = worker(sandbox)
    late.extend_deadline(-BUDGET.wall_s)
    with pytest.raises(WorkerDied) as died:
        late.receive(CODEC, Returned)
    assert died.value.timed_out
    assert sandbox.heard()[-1] == (0, Kill(5))


def test_a_worker_says_that_its_time_is_used_up(sandbox: PreparedSandbox) -> None:
    sandbox.says(5, TimedOut())
    with pytest.raises(WorkerDied) as died:
        worker(sandbox).receive(CODEC, Returned)
    assert died.value.timed_out


def test_faults_are_kept_up_to_a_number_and_a_length(sandbox: PreparedSandbox) -> None:
    for channel in range(2, 2 * MAX_FAULTS):
        sandbox.says(channel, Fault("x" * 30_000))
        with pytest.raises(WorkerDied, match="its process ended itself"):
            Worker(sandbox.link, channel, BUDGET, 1e9).receive(CODEC, Returned)
    assert list(sandbox.link.faults) == [f"worker {channel}" for channel in range(2, 2 + MAX_FAULTS)]
    assert {len(text) for text in sandbox.link.faults.values()} == {20_000}


@pytest.mark.parametrize("notice", [b"", bytes(15), b"\xff" * 16, bytes(17)])
def test_a_supervisor_that_cannot_be_understood_is_lost(notice: bytes, sandbox: PreparedSandbox) -> None:
    sandbox.sends(0, notice)
    with pytest.raises(SandboxLost):
        worker(sandbox).receive(CODEC, Returned)


def test_the_end_of_the_pipe_is_the_end_of_the_sandbox(sandbox: PreparedSandbox) -> None:
    sandbox.says(5, Returned(1, None, ""))
    sandbox.hangs_up()
    last = worker(sandbox)
    assert last.receive(CODEC, Returned).result == 1
    with pytest.raises(SandboxLost):
        last.receive(CODEC, Returned)


def test_orders_from_the_supervisor_mean_nothing(sandbox: PreparedSandbox) -> None:
    sandbox.notes(Fork(5, 6))
    sandbox.notes(Kill(5))
    sandbox.says(5, Returned(1, None, ""))
    assert worker(sandbox).receive(CODEC, Returned).result == 1


def test_no_room_for_a_fork(sandbox: PreparedSandbox) -> None:
    sandbox.notes(Exited(2, 0, 0))
    sandbox.starts(3)
    assert not sandbox.link.can_fork_root()
    assert sandbox.link.can_fork_root()
    assert sandbox.heard()[-1] == (0, Kill(3))


words = st.sampled_from(["CellRan", "Returned", "Values", "TimedOut", "Fault", "Callback"])
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(plain | st.tuples(words, plain).map(list) | st.tuples(words, plain, plain, plain).map(list))
def test_any_value_is_a_reply_of_the_kind_asked_for_or_the_end_of_the_worker(value: Any) -> None:
    sandbox = PreparedSandbox()
    try:
        sandbox.says(5, value)
        reply = worker(sandbox).receive(CODEC, CellRan, Values)
        assert type(reply).__name__ == value[0]
    except WorkerDied:
        pass
    finally:
        sandbox.close()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_reply_or_the_end_of_the_worker(data: bytes) -> None:
    sandbox = PreparedSandbox()
    try:
        sandbox.sends(5, data)
        with pytest.raises(WorkerDied):
            worker(sandbox).receive(CODEC, CellRan)
        assert sandbox.heard()[-1] == (0, Kill(5))
    finally:
        sandbox.close()
