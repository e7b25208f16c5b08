"""Covers `sandbox.bubblewrap` and `sandbox.namespaces`: what a program must not reach.

The same programs reach it outside, so each of these tests can fail.
"""

import ast
import json
import os
import platform
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from autograder.sandbox import Ending, interpreter_binds, seccomp
from boxes import Run

ATTACKS = {
    "connects to a port of the machine": "socket.create_connection(('127.0.0.1', it['port']), 5)",
    "connects to a socket in the file system": "socket.socket(socket.AF_UNIX).connect(it['path'])",
    "connects to a socket without a name in the file system": "socket.socket(socket.AF_UNIX).connect(it['abstract'])",
    "asks for an address": "socket.getaddrinfo('localhost', 80)",
    "listens on a port": "socket.create_server(('', 0))",
    "talks to the kernel's network configuration": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "reads a file of the machine": "open(it['secret']).read()",
    "reads it by way of a root in /proc": "open('/proc/self/root' + it['secret']).read()",
    "lists a folder of the machine": "os.listdir(it['folder'])",
    "reads the machine's configuration": "open('/etc/hosts').read()",
    "reads its own environment as the grader set it": "os.environ['SECRET']",
    "writes a file of the machine": "open(it['folder'] + '/written', 'w')",
    "links to a file of the machine": "os.link(it['secret'], 'link')",
    "signals a process of the machine": "os.kill(it['process'], 0)",
    "reads a process's environment": "open(f\"/proc/{it['process']}/environ\").read()",
    "opens a terminal": "os.openpty()",
    "reads the kernel's symbols": "open('/proc/kallsyms').read(1)",
    "reads the kernel's command line": "open('/proc/cmdline').read(1)",
    "reads the kernel's settings": "open('/proc/sys/kernel/hostname').read()",
    "reads the machine's devices": "os.listdir('/sys/class')",
    "lists the machine's disks": "open('/proc/diskstats').read(1)",
    "traces": "call('ptrace', 0, 0, 0, 0)",
    "makes a user namespace": "call('unshare', 0x10000000)",
    "makes a user namespace with a new process": "cloned(0x10000000)",
    "makes a file system of memory only": "os.memfd_create('x')",
    "makes shared memory that outlives it": "segment()",
    "watches files": "call('inotify_init1', 0)",
    "raises its limit on open files": "raised(resource.RLIMIT_NOFILE)",
    "runs a shell": "subprocess.run(['/bin/sh', '-c', 'true'], check=True)",
}

PROGRAM = """
import ctypes, json, os, resource, signal, socket, subprocess, sys

it = json.loads(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    done = libc.syscall(it["calls"][name], *map(ctypes.c_long, arguments))
    if done < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return done

def cloned(flags):
    if not (child := call("clone", flags | signal.SIGCHLD, 0, 0, 0, 0)):
        os._exit(0)
    os.waitpid(child, 0)

def segment():
    number = call("shmget", 0, 4096, 0o1600)
    libc.shmctl(number, 0, None)

def raised(kind):
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (it["limit"], it["limit"]))

try:
    ATTACK
except (OSError, LookupError, ValueError) as error:
    print("refused:", repr(error))
else:
    print("reached")
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """What there is to be reached."""
    folder = tmp_path_factory.mktemp("machine")
    (folder / "secret").write_text("the hidden tests")
    (folder / "own").mkdir()
    victim = subprocess.Popen(["sleep", "600"], env={"SECRET": "token"})
    path, abstract = str(folder / "socket"), f"\0autograder-test-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as port, _listening(path), _listening(abstract):
        yield {
            "abstract": abstract,
            "folder": str(folder),
            "limit": 300,
            "path": path,
            "port": port.getsockname()[1],
            "process": victim.pid,
            "secret": str(folder / "secret"),
        }
    assert victim.poll() is None
    victim.kill()
    victim.wait()


def _listening(address: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    return listener


def calls() -> dict[str, int | None]:
    column = list(seccomp.MACHINES).index(platform.machine())
    return {name: numbers[column] for name, numbers in (seccomp.FORBIDDEN | {"clone": seccomp.CLONE}).items()}


@pytest.mark.parametrize("attack", ATTACKS)
def test_is_out_of_reach(
    attack: str, machine: dict[str, object], run_inside: Callable[..., Run], tmp_path: Path
) -> None:
    code, it = PROGRAM.replace("ATTACK", ATTACKS[attack]), json.dumps(machine | {"calls": calls()})
    environment = {"SECRET": "token", "PATH": os.defpath}
    outside = subprocess.run(
        [sys.executable, "-I", "-c", code, it],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert outside.stdout == "reached\n"
    inside = run_inside(code, it)
    assert inside.output.startswith("refused:"), inside
    assert inside.ending == Ending("exited", 0)


def test_each_forbidden_call_is_refused(run_inside: Callable[..., Run]) -> None:
    code = """
import ctypes, errno, json, sys
libc = ctypes.CDLL(None, use_errno=True)
for name, number in json.loads(sys.argv[1]).items():
    done = libc.syscall(number, *[ctypes.c_long(-1)] * 6)
    if (done, ctypes.get_errno()) != (-1, errno.EPERM):
        print(name, done, ctypes.get_errno())
print("all tried")
"""
    numbers = {name: number for name, number in calls().items() if number is not None and name != "clone"}
    assert len(numbers) > 60
    assert run_inside(code, json.dumps(numbers)).output == "all tried\n"


INSIDE = {
    "writes outside its folder": """
tried = [*sys.path, "/", "/dev", "/etc", "/proc", "/proc/sys", "/usr/lib", sys.prefix, "/tmp/..", "..", "/root"]
for folder in filter(os.path.isdir, tried):
    if os.path.realpath(folder) == os.getcwd():
        continue  # /tmp may be a link into the folder, and what is above its target is the folder itself
    try:
        open(folder + "/written", "w")
    except OSError as error:
        assert error.errno in (errno.EROFS, errno.EACCES, errno.ENOENT, errno.EPERM), (folder, error)
    else:
        print("written in", folder)
""",
    "finds more than its three descriptors": """
for number in os.listdir("/proc/self/fd"):
    if int(number) > 2 and os.path.exists(f"/proc/self/fd/{number}"):
        print(number, os.readlink(f"/proc/self/fd/{number}"))
""",
    "uses the descriptors of its parent": """
try:
    numbers = os.listdir("/proc/1/fd")
except PermissionError:
    numbers = []
for number in numbers:
    if number in "012":
        continue  # the same pipes as its own
    try:
        os.open(f"/proc/1/fd/{number}", os.O_RDWR | os.O_NONBLOCK)
        print("opened", number, os.readlink(f"/proc/1/fd/{number}"))
    except OSError:
        pass
""",
    "finds privileges": """
for process in ("self", "1"):
    status = dict(line.split(":", 1) for line in open(f"/proc/{process}/status"))
    if process == "self":
        assert {int(status[name], 16) for name in status if name.startswith("Cap")} == {0}, status
    assert status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2", status
assert os.getuid() == os.geteuid() >= 1000
""",
    "becomes root": """
for become in (os.setuid, os.setgid, os.seteuid):
    try:
        become(0)
        print(become)
    except OSError:
        pass
os.chmod(os.open("program", os.O_CREAT), 0o4755)
""",
    "finds a place for a setuid program, or for changes that stay": """
for line in open("/proc/self/mountinfo"):
    place, options = line.split()[4:6]
    if "nosuid" not in options or ("rw" in options.split(",") and place not in ("/proc", "/sandbox")):
        if not place.startswith("/dev/"):
            print(place, options)
""",
    "makes a device": """
try:
    os.mknod("disk", 0o60666, os.makedev(254, 0))
    print("made", os.open("disk", os.O_RDONLY))
except OSError:
    pass
""",
    "sees other processes": """
seen = [name for name in os.listdir("/proc") if name.isdecimal()]
assert seen == ["1", str(os.getpid())], seen
""",
    "is safer from the kernel's memory killer than others": """
try:
    os.write(os.open("/proc/self/oom_score_adj", os.O_WRONLY), b"-1")
    print("changed")
except OSError:
    pass
assert int(open("/proc/self/oom_score_adj").read()) == 1000
""",
    "changes the kernel's settings": """
for name in ("sys/kernel/core_pattern", "sys/kernel/hostname", "sysrq-trigger", "irq/default_smp_affinity", "mtrr"):
    try:
        os.open("/proc/" + name, os.O_WRONLY)
        print(name)
    except OSError:
        pass
""",
    "calls the kernel in another way": """
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
if os.uname().machine == "x86_64":
    code.write(b"\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3")  # mov eax, 20 (getpid, 32 bits); int 0x80; ret
    if not (child := os.fork()):
        print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))())
        os._exit(0)
    assert os.waitpid(child, 0)[1] & 127 == 31  # SIGSYS
    libc = ctypes.CDLL(None, use_errno=True)
    assert (libc.syscall(0x40000000 + 39), ctypes.get_errno()) == (-1, errno.ENOSYS)
""",
    "kills all that it sees": """
for number in range(1, 5):
    try:
        if number != os.getpid():
            os.kill(number, 9)
    except (PermissionError, ProcessLookupError):
        pass
""",
}


@pytest.mark.parametrize("attempt", INSIDE)
def test_in_vain(attempt: str, run_inside: Callable[..., Run]) -> None:
    """Each program prints what it gained."""
    outcome = run_inside(f"import errno, os, sys\n{INSIDE[attempt]}")
    assert (outcome.output, outcome.errors, outcome.ending) == ("", "", Ending("exited", 0))


def test_whoever_kills_everybody_kills_his_own(run_inside: Callable[..., Run], machine: dict[str, object]) -> None:
    assert run_inside("import os; os.fork(); os.kill(-1, 9)").ending.reason == "exited"
    os.kill(int(str(machine["process"])), 0)


def test_masks_hide_and_allow_lists_show(run_inside: Callable[..., Run], tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "package" / "ops").mkdir(parents=True)
    for name in ("package/__init__.py", "package/layers.py", "package/ops/relu.py", "package/kernels.py"):
        (tmp_path / name).write_text(name)
    code = """
import os
for path in ("layers.py", "__init__.py", "ops/relu.py", "kernels.py"):
    try:
        print(open("/kit/package/" + path).read())
    except OSError as error:
        print(type(error).__name__)
print(os.listdir("/kit/package/ops"), os.access("/kit/package/ops", os.W_OK))
"""
    kit, package = (tmp_path, Path("/kit")), Path("/kit/package")
    open_all = run_inside(code, read_only=(*interpreter_binds(), kit))
    assert open_all.output.splitlines()[:4] == [
        "package/layers.py",
        "package/__init__.py",
        "package/ops/relu.py",
        "package/kernels.py",
    ]
    hidden = run_inside(
        code,
        read_only=(*interpreter_binds(), kit),
        hidden=(package / "layers.py", package / "ops", package / "kernels.py", package / "no such file"),
        shown_again=((tmp_path / "package/kernels.py", package / "ops/kernels.py"),),
    )
    assert hidden.output.splitlines() == [
        "PermissionError",
        "package/__init__.py",
        "FileNotFoundError",
        "PermissionError",
        "['kernels.py'] False",
    ]


def test_the_environment_is_the_views_alone(run_inside: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "token")
    told = run_inside("import os; print(dict(os.environ))", environment={"COURSE": "深度学习"}).output
    environment = ast.literal_eval(told)
    assert environment["COURSE"] == "深度学习"
    assert set(environment) <= {"COURSE", "HOME", "TMPDIR", "PWD", "LC_CTYPE"}


def test_science_runs_as_it_does_outside(run_inside: Callable[..., Run]) -> None:
    code = """
import multiprocessing, tempfile, getpass, os
import numba, numpy as np
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt
plt.plot(np.linalg.eigvalsh(np.eye(20))); plt.title("深度学习"); plt.savefig("picture.png")
assert numba.njit(lambda x: x + 1)(1) == 2
assert multiprocessing.get_context("fork").Pool(2).map(abs, [-1, -2]) == [1, 2]
with tempfile.NamedTemporaryFile() as file:
    assert file.name.startswith(os.environ["TMPDIR"])
print(getpass.getuser(), os.path.getsize("picture.png") > 1000, os.getcwd(), os.path.expanduser("~"))
"""
    outcome = run_inside(code)
    assert outcome.output == "student True /sandbox /sandbox\n", outcome
    assert outcome.ending == Ending("exited", 0)
