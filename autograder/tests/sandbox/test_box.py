"""Covers `sandbox.box`, `sandbox.keeper`, `sandbox.launched`, `sandbox.tiers` and `sandbox.unconfined`.

Programs in a box from start to end: who is to blame, what is left, and what happens when the grader dies.
"""

import array
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from autograder.sandbox import (
    TRUSTED,
    Box,
    Ending,
    Mounts,
    Quota,
    SandboxFailure,
    Tier,
    interpreter_binds,
    probe,
    start,
)
from autograder.sandbox.cgroup import Hierarchy, find_hierarchy
from boxes import FOLDER, PATIENCE_S, Run, Start

DAEMONS = """
import os, sys, time
reading, writing = os.pipe()
for number in range(40):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(writing, b"x")
            os.close(0), os.close(1), os.close(2)
            while True: time.sleep(60)
        os._exit(0)
    os.wait()
started = 0
while started < 40: started += len(os.read(reading, 40))
print(started, "started", flush=True)
input()
"""


def running(mark: str) -> list[int]:
    """Processes of the machine with a word on their command line."""
    found = []
    for process in psutil.process_iter():
        try:
            if mark in process.cmdline():
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            pass
    return found


def alive(process: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    return False


def groups_of(process: int) -> list[Path]:
    return list(Path("/sys/fs/cgroup").glob(f"**/autograder-{process}-*"))


def test_a_program_answers(boxed: Start) -> None:
    with boxed("print(input()[::-1], flush=True); input()") as box:
        os.write(box.stdin, "深度学习\n".encode())
        assert os.read(box.stdout, 100).decode() == "习学度深\n"
        assert box.ended() is None
        assert box.usage().memory_mib > 1
    assert box.ended() == Ending("killed")
    box.kill()
    assert box.ended() == Ending("killed")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("", 0),
        ("raise SystemExit(3)", 3),
        ("raise ValueError", 1),
        ("import os; os.abort()", 128 + signal.SIGABRT),
        ("import ctypes; ctypes.string_at(0)", 128 + signal.SIGSEGV),
        ("import os; os.kill(os.getpid(), 9)", 128 + signal.SIGKILL),
    ],
)
def test_the_status_is_the_programs(code: str, status: int, run_inside: Callable[..., Run]) -> None:
    assert run_inside(code).ending == Ending("exited", status)


def test_daemons_end_with_their_program(boxed: Start) -> None:
    mark = f"daemon-{os.getpid()}"
    with boxed(DAEMONS, mark) as box:
        assert os.read(box.stdout, 100) == b"40 started\n"
        daemons = running(mark)
        assert len(daemons) >= 40
        os.write(box.stdin, b"\n")
        assert box.wait(PATIENCE_S) == Ending("exited", 0)
        assert [daemon for daemon in daemons if alive(daemon)] == []


def test_a_roundabout_name_of_the_interpreter_will_do(tier: Tier, tmp_path: Path) -> None:
    look = """
import sys
from pathlib import Path
from autograder.sandbox import Quota, Tier, Mounts, interpreter_binds, start
mounts = Mounts(folder=Path("/sandbox"), read_only=interpreter_binds())
with start([sys.executable, "-I", "-c", ""], mounts, Quota(), Tier(sys.argv[1], "")) as box:
    print(".." in sys.executable, box.wait(30.0))
"""
    command = [os.path.relpath(sys.executable, tmp_path), "-c", look, tier.name]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert told == f"True {Ending('exited', 0)}\n"


def test_killing_leaves_nothing(boxed: Start) -> None:
    mark = f"killed-{os.getpid()}"
    with boxed(
        "import os, time\nfor _ in range(5): os.fork() or os.setsid()\nprint('x', flush=True)\ntime.sleep(60)", mark
    ) as box:
        os.read(box.stdout, 1)
        assert running(mark)
        box.kill()
        assert running(mark) == []


def test_output_that_nobody_reads_waits_and_costs_nothing(boxed: Start) -> None:
    with boxed("import os\nwhile True: os.write(1, b'x' * 65536)", quota=Quota(cpu_s=20.0, wall_s=1.0)) as box:
        assert box.wait(30.0) == Ending("wall")
        assert box.usage().cpu_s < 1


def test_errors_are_kept_to_their_end(boxed: Start) -> None:
    code = "import os\nfor _ in range(400): os.write(2, b'x' * 4096)\nos.write(2, b'the end')"
    with boxed(code) as box:
        assert box.wait(60.0) == Ending("exited", 0)
        assert box.diagnostics().endswith("xthe end")
        assert len(box.diagnostics()) <= 8192


def test_descriptors_can_be_handed_on_and_back(boxed: Start) -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    code = f"""
import array, os, socket
other = socket.socket(fileno={far.fileno()})
data, ancillary, *_ = other.recvmsg(10, socket.CMSG_LEN(4))
descriptor = array.array("i", ancillary[0][2])[0]
print(data, os.read(descriptor, 10))
other.send(b"done")
"""
    reading, writing = os.pipe()
    os.write(writing, b"piped")
    with near, boxed(code, pass_fds=(far.fileno(),)) as box:
        far.close()
        rights = array.array("i", [reading]).tobytes()
        near.sendmsg([b"sent"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        assert near.recv(10) == b"done"
        assert os.read(box.stdout, 100) == b"b'sent' b'piped'\n"
        assert near.recv(10) == b""
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("fault", ["no such program", "no such folder", "a folder in the way"])
def test_the_sandboxs_own_faults_are_nobody_elses(fault: str, tier: Tier, tmp_path: Path) -> None:
    program, binds = [sys.executable, "-c", "pass"], interpreter_binds()
    if fault == "no such program":
        program = ["/no/such/program"]
    elif fault == "no such folder":
        binds = (*binds, (tmp_path / "missing", Path("/data")))
    else:
        tmp_path.chmod(0o755)
        binds = (*binds, (tmp_path, Path("/usr/lib/no such folder")))
    before = psutil.Process().num_fds()
    mounts = Mounts(folder=FOLDER, read_only=binds)
    with pytest.raises(SandboxFailure), start(program, mounts, Quota(), tier) as box:
        box.wait(30.0)
    assert psutil.Process().num_fds() == before
    assert groups_of(os.getpid()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's sandbox reads what he reads")
def test_what_root_alone_reads_is_refused_in_a_sentence(tier: Tier, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    mounts = Mounts(folder=FOLDER, read_only=(*interpreter_binds(), (tmp_path, Path("/data"))))
    with pytest.raises(SandboxFailure, match=r"got drwx------ .* To fix it: chmod o\+rX "):
        start([sys.executable, "-c", "pass"], mounts, Quota(), tier)


def test_a_bubblewrap_that_dies_is_a_fault_of_the_sandbox(boxed: Start) -> None:
    mark = f"orphan-{os.getpid()}"
    with boxed("print('x', flush=True); import time; time.sleep(60)", mark) as box:
        os.read(box.stdout, 1)
        outer = [process for process in psutil.Process().children() if process.name() == "bwrap"]
        outer[-1].send_signal(signal.SIGKILL)
        with pytest.raises(SandboxFailure):
            box.wait(30.0)
        assert running(mark) == []


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_box_outlives_the_thread_that_asked_for_it(boxed: Start) -> None:
    boxes: list[Box] = []
    thread = threading.Thread(target=lambda: boxes.append(boxed("print(input(), flush=True)")))
    thread.start()
    thread.join()
    with boxes[0] as box:
        os.write(box.stdin, b"alive\n")
        assert os.read(box.stdout, 10) == b"alive\n"


def test_boxes_side_by_side_do_not_mix(boxed: Start) -> None:
    told: dict[int, bytes] = {}

    def ask(number: int) -> None:
        for turn in range(5):
            with boxed(
                f"import os; print({number}, {turn}, len([n for n in os.listdir('/proc') if n.isdecimal()]))"
            ) as box:
                box.wait(60.0)
                told[number] = told.get(number, b"") + os.read(box.stdout, 100)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {n: b"".join(b"%d %d 2\n" % (n, turn) for turn in range(5)) for n in range(6)}


def test_a_hundred_in_a_row_leave_nothing(tier: Tier) -> None:
    def once() -> None:
        mounts = Mounts(folder=FOLDER, read_only=interpreter_binds())
        with start([sys.executable, "-I", "-S", "-c", "pass"], mounts, Quota(), tier) as box:
            assert box.wait(60.0) == Ending("exited", 0)

    def state() -> tuple[object, ...]:
        own = psutil.Process()
        mounts = Path("/proc/self/mountinfo").read_text()
        return own.num_fds(), own.num_threads(), own.children(recursive=True), mounts, groups_of(own.pid)

    once()
    before = state()
    for _ in range(100):
        once()
    assert state() == before


GRADER = """
import os, sys
from pathlib import Path
from autograder.sandbox import Quota, Tier, Mounts, interpreter_binds, start
mounts = Mounts(folder=Path("/sandbox"), read_only=interpreter_binds())
code = "import os, time\\nos.fork(); os.setsid()\\nprint('x', flush=True)\\ntime.sleep(60)"
box = start([sys.executable, "-I", "-c", code, sys.argv[2]], mounts, Quota(), Tier(sys.argv[1], ""))
os.read(box.stdout, 1)
print("started", flush=True)
input()
"""


def test_a_graders_death_is_the_death_of_its_boxes(tier: Tier) -> None:
    mark = f"left-{os.getpid()}-{tier.name}"
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER, tier.name, mark], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert grader.stdin
    assert grader.stdout
    with grader.stdin, grader.stdout:
        assert grader.stdout.readline() == b"started\n"
        assert len(running(mark)) > 2
        grader.kill()
        grader.wait()
    until(lambda: not running(mark))
    look = "from autograder.sandbox.cgroup import find_hierarchy; find_hierarchy()"
    until(lambda: not subprocess.run([sys.executable, "-c", look], check=True).returncode and not groups_of(grader.pid))


def test_the_best_tier_is_found_by_trial() -> None:
    expected = "A" if isinstance(find_hierarchy(), Hierarchy) else "B"
    assert probe().name == expected


def test_no_tier_no_program() -> None:
    with pytest.raises(SandboxFailure, match="no sandbox here"):
        start(["true"], Mounts(folder=FOLDER), Quota(), Tier("none", ""))


def test_trusted_programs_run_without_a_sandbox(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("42")
    mounts = Mounts(
        folder=FOLDER, read_only=((tmp_path, FOLDER / "data"),), environment={"PLACE": "/sandbox/data", "NAME": "x"}
    )
    code = """
import os
print(open("data/data.txt").read(), open(os.environ["PLACE"] + "/data.txt").read(), os.environ["NAME"])
print(sorted(os.environ.keys() - {"PWD", "LC_CTYPE", "OLDPWD", "SHLVL", "_"}))
open(os.environ["TMPDIR"] + "/x", "w")
try:
    bytearray(200 << 20)
except MemoryError:
    print("MemoryError", flush=True)
os.fork()
import time
time.sleep(60)
"""
    mark = f"trusted-{os.getpid()}"
    box = start([sys.executable, "-I", "-c", code, mark], mounts, Quota(memory_mib=128), TRUSTED)
    with box, open(box.stdout, closefd=False) as output:
        assert output.readline() == "42 42 x\n"
        assert output.readline() == "['HOME', 'NAME', 'PLACE', 'TMPDIR']\n"
        assert output.readline() == "MemoryError\n"
    assert box.ended() == Ending("killed")
    until(lambda: not running(mark))
