"""Covers `sandbox.cgroup`, `sandbox.processes` and `sandbox.terms`: bombs end within their quota, leaving nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.sandbox import Ending, Quota
from boxes import Run, Start

TIGHT = Quota(
    memory_mib=192, processes=16, cpu_s=20.0, wall_s=40.0, disk_mib=64, files=2000, file_mib=32, open_files=64
)
"""So tight that a bomb goes off at once, and wide enough for Python."""

MANY = """
import os, time
def in_children(count, work):
    for _ in range(count):
        if not os.fork():
            work()
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
"""

MEMORY = {
    "in several processes": MANY + "in_children(4, lambda: globals().update(held=b'x' * (64 << 20)))",
    "in mapped pages that processes share": """
import mmap
pages = mmap.mmap(-1, 512 << 20)
for place in range(0, len(pages), 4096):
    pages[place] = 1
""",
    "in files and memory together": """
held = b"x" * (150 << 20)
for number in range(2):
    open(f"file-{number}", "wb").write(b"x" * (30 << 20))
""",
    "in shared memory": """
from multiprocessing.shared_memory import SharedMemory
held = [SharedMemory(create=True, size=24 << 20) for _ in range(2)]
for memory in held:
    memory.buf[:] = bytes(len(memory.buf))
held.append(b"x" * (140 << 20))
""",
    "in a process that cannot be looked into": """
import ctypes, mmap
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
pages = mmap.mmap(-1, 512 << 20)
for place in range(0, len(pages), 4096):
    pages[place] = 1
""",
}


@pytest.mark.parametrize("where", MEMORY)
def test_memory_ends(where: str, run_inside: Callable[..., Run]) -> None:
    outcome = run_inside(MEMORY[where], quota=TIGHT)
    assert outcome.ending == Ending("memory"), outcome
    assert outcome.usage.memory_mib < 2 * TIGHT.memory_mib


def test_memory_in_the_buffers_of_sockets_ends(run_inside: Callable[..., Run]) -> None:
    code = (
        MANY
        + """
import socket
def fill():
    global held
    held = []
    for _ in range(28):
        held += socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        held[-1].setblocking(False)
        try:
            while True:
                held[-1].send(b"x" * 65536)
        except BlockingIOError:
            pass
in_children(14, fill)
"""
    )
    assert run_inside(code, quota=Quota(**vars(TIGHT) | {"memory_mib": 72})).ending == Ending("memory")


def test_one_process_gets_an_error_that_it_can_handle(run_inside: Callable[..., Run]) -> None:
    code = """
import numpy as np
for allocate in (lambda: bytearray(1 << 40), lambda: bytearray(200 << 20), lambda: np.zeros((1 << 28, 8))):
    try:
        allocate()
    except MemoryError:
        print("MemoryError")
held = []
try:
    while True:
        held.append(bytearray(1 << 20))
except MemoryError:
    count = len(held)
    held.clear()
    print(count > 64)
"""
    outcome = run_inside(code, quota=TIGHT)
    assert outcome.output.split() == ["MemoryError"] * 3 + ["True"], outcome
    assert outcome.ending == Ending("exited", 0)


def test_an_honest_program_fits(run_inside: Callable[..., Run]) -> None:
    code = """
import os, numpy as np
x = np.ones((1 << 20, 4))
children = []
for _ in range(8):
    if not (child := os.fork()):
        os._exit(int(x.sum()) != 4 << 20)
    children.append(os.waitpid(child, 0)[1])
open("file", "wb").write(bytes(20 << 20))
print(children)
"""
    outcome = run_inside(code, quota=TIGHT)
    assert (outcome.output, outcome.ending) == (f"{[0] * 8}\n", Ending("exited", 0)), outcome
    assert 32 < outcome.usage.memory_mib < TIGHT.memory_mib


NINE_FILES = "for n in range(9): open(f'{folder}/file-{{n}}', 'wb').write(bytes(9 << 20))"
NO_CALL = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.{call} < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
"""

FULL = {
    "a full folder": (NINE_FILES.format(folder="."), "No space left on device"),
    "a full folder of shared memory": (NINE_FILES.format(folder="/dev/shm"), "No space left on device"),
    "a large file": ("open('file', 'wb').write(bytes(33 << 20))", "File too large"),
    "a large hole": ("open('file', 'wb').truncate(33 << 20)", "File too large"),
    "open files": ("held = [open('/dev/null') for _ in range(65)]", "Too many open files"),
    "pipes": ("import os; held = [os.pipe() for _ in range(65)]", "Too many open files"),
    "message queues": (NO_CALL.format(call="mq_open(b'/queue', 0o102, 0o600, None)"), "Operation not permitted"),
    "locked memory": (NO_CALL.format(call="mlockall(3)"), "Operation not permitted"),
}


@pytest.mark.parametrize("what", FULL)
def test_there_is_no_more_of_it(what: str, run_inside: Callable[..., Run]) -> None:
    code, error = FULL[what]
    outcome = run_inside(code, quota=TIGHT)
    assert outcome.ending == Ending("exited", 1), outcome
    assert error in outcome.errors


INODES = {
    "files": "for n in range(100_000): open(f'file-{n}', 'w').close()",
    "folders": "import os\nfor n in range(100_000): os.mkdir('d'); os.chdir('d')",
    "links": "import os\nfor n in range(100_000): os.symlink('x' * 200, f'link-{n}')",
}


@pytest.mark.parametrize("what", INODES)
def test_files_end(what: str, run_inside: Callable[..., Run]) -> None:
    assert run_inside(INODES[what], quota=TIGHT).ending == Ending("files")


FORKS = {
    "a fork bomb": """
import os, time
try:
    while os.fork() or True:
        made = os.path.getsize("made") if os.path.exists("made") else 0
        with open("made", "a") as file:
            file.write("x")
        if made > 400:
            time.sleep(60)
except OSError:
    time.sleep(60)
""",
    "a chain of forks": "import os\nfor _ in range(3000):\n    if os.fork(): os._exit(0)",
    "threads": """
import threading, time
for _ in range(400):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
""",
    "processes that have ended": "import os\nfor _ in range(400): os.fork() or os._exit(0)",
}
"""None of them goes beyond some hundreds: should a limit fail, the machine must not fall with it."""


@pytest.mark.parametrize("bomb", FORKS)
def test_processes_end(bomb: str, run_inside: Callable[..., Run]) -> None:
    """The kernel refuses more, and then time ends it or it gives up; or the watch ends it."""
    outcome = run_inside(FORKS[bomb], quota=Quota(**vars(TIGHT) | {"cpu_s": 1.0, "wall_s": 3.0}))
    assert outcome.ending.reason in ("processes", "cpu", "exited", "wall"), outcome
    if outcome.ending.reason != "processes":
        assert outcome.usage.processes <= TIGHT.processes


TIMES = {
    "one loop": ("while True: pass", "cpu"),
    "a loop that catches everything": (
        """
while True:
    try:
        while True: pass
    except BaseException: pass
""",
        "cpu",
    ),
    "loops side by side": (MANY + "in_children(8, lambda: exec('while True: pass'))", "cpu"),
    "one child after the other": (
        """
import os, time
while True:
    if not os.fork():
        end = time.process_time() + 0.1
        while time.process_time() < end: pass
        os._exit(0)
    os.wait()
""",
        "cpu",
    ),
    "a loop that ignores all signals": (
        """
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: pass
""",
        "cpu",
    ),
    "sleep": ("import time; time.sleep(600)", "wall"),
    "a stopped process": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "wall"),
    "a question to nobody": ("input()", "wall"),
}


@pytest.mark.parametrize("what", TIMES)
def test_time_ends(what: str, run_inside: Callable[..., Run]) -> None:
    code, reason = TIMES[what]
    outcome = run_inside(code, quota=Quota(cpu_s=0.5, wall_s=1.0 if reason == "wall" else 40.0))
    assert outcome.ending.reason == reason, outcome
    if reason == "cpu":
        assert 0.5 < outcome.usage.cpu_s < 4


def test_the_clock_can_be_restarted(boxed: Start) -> None:
    code = """
import sys, time
def compute(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
compute(0.4)
print("ready", flush=True)
input()
compute(0.4)
print("done", flush=True)
compute(60)
"""
    with boxed(code, quota=Quota(cpu_s=0.7, wall_s=30.0)) as box, open(box.stdout, closefd=False) as output:
        assert output.readline() == "ready\n"
        box.restart_clock()
        with open(box.stdin, "w", closefd=False) as keyboard:
            keyboard.write("\n")
        assert output.readline() == "done\n"
        assert box.wait(30.0) == Ending("cpu")


def test_nothing_of_a_bomb_is_left(run_inside: Callable[..., Run]) -> None:
    """The machine's mounts, groups and shared memory after the bombs are what they were before."""
    before = _machine()
    for code in (MEMORY["in several processes"], MEMORY["in shared memory"], INODES["files"], FORKS["a fork bomb"]):
        run_inside(code, quota=Quota(**vars(TIGHT) | {"cpu_s": 1.0, "wall_s": 3.0}))
    assert _machine() == before


def _machine() -> dict[str, object]:
    return {
        "segments": Path("/proc/sysvipc/shm").read_text(),
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "groups": sorted(Path("/sys/fs/cgroup").glob(f"**/autograder-{os.getpid()}-*")),
    }
