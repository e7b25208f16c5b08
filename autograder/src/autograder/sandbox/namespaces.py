"""Tiers A and B: bubblewrap, held back until limits and accounting are in place."""

import contextlib
import fcntl
import itertools
import json
import math
import os
import platform
import resource
import select
import signal
import stat
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import arguments, can_forbid_namespaces, find_bubblewrap, host_path, passwd
from autograder.sandbox.cgroup import Group
from autograder.sandbox.launched import Pipes, spawn
from autograder.sandbox.processes import BUBBLEWRAP, Reading, Watch
from autograder.sandbox.terms import Mounts, Quota, SandboxFailure

__all__ = ["Namespaces", "counts_each_sandbox"]

START_S = 20.0
END_S = 10.0
USERS = 2_000_000_000
SPARE_CPU_S = 3
"""The kernel's own limit on one process's time is a second line: the keeper's look should come first."""


_starts = itertools.count()


class Namespaces:
    """A program in bubblewrap; measured by its cgroup, or without one by a watch on its processes."""

    def __init__(
        self, program: Sequence[str], mounts: Mounts, quota: Quota, group: Group | None, pass_fds: Sequence[int]
    ) -> None:
        self._folder, self._quota, self._group = mounts.folder, quota, group
        self._watch: Watch | None = None
        self._status_text = b""
        gate, self._gate = os.pipe()
        self._status, status = os.pipe()
        self._init: int | None = None
        try:
            try:
                self.pipes = _start(program, mounts, quota, gate, status, pass_fds)
            finally:
                os.close(gate)
                os.close(status)
            self._hold()
        except BaseException:
            self.release()
            raise

    def _hold(self) -> None:
        """Put the first process of the sandbox under its limits, then open the gate to the program."""
        try:
            self._number = _wait_for_number(self._status)
            self._init = os.pidfd_open(self._number)
            if self._group:
                self._group.add(self._number)
            for kind, limit in _limits(self._quota).items():
                resource.prlimit(self._number, kind, (limit, limit))
            Path(f"/proc/{self._number}/oom_score_adj").write_text("1000", encoding="ascii")
            os.write(self._gate, b"1")
        except (OSError, EOFError, ValueError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> SandboxFailure:
        self.pipes.process.kill()
        self.pipes.process.wait()
        words = ""
        with contextlib.suppress(BlockingIOError):
            words = os.read(self.pipes.stderr, 4096).decode(errors="replace").strip()
        for descriptor in (self.pipes.stdin, self.pipes.stdout, self.pipes.stderr):
            os.close(descriptor)
        return SandboxFailure("the sandbox did not start", got=words or error)

    def measure(self) -> Reading | None:
        """From the control group, or from the sandbox's own /proc."""
        if not self._watch:
            self._watch = self._open_watch()
        if not self._watch:
            return self._group.read() if self._group else None
        return self._group.read(self._watch.files()) if self._group else self._watch.read()

    def _open_watch(self) -> Watch | None:
        """A watch, once the sandbox has its own root; before, its first process still sees the machine's /proc."""
        waiting = struct.unpack("i", fcntl.ioctl(self._gate, termios.FIONREAD, b"\0" * 4))[0]
        if waiting:
            return None
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        root = f"/proc/{self._number}/root"
        proc = os.open(f"{root}/proc", flags)
        try:
            folder = os.open(f"{root}{self._folder}", flags)
        except OSError:
            os.close(proc)
            raise
        return Watch(proc, folder, self._quota.memory_mib)

    def stop(self) -> None:
        """Kill the first process of the PID namespace, and so all of them."""
        with contextlib.suppress(ProcessLookupError):
            if self._init is not None:
                signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def exit_status(self) -> int | None:
        """What bubblewrap told of the program."""
        os.set_blocking(self._status, False)
        with contextlib.suppress(BlockingIOError):
            while more := os.read(self._status, 4096):
                self._status_text += more
        told = [json.loads(line) for line in self._status_text.splitlines() if line.strip()]
        return next((int(record["exit-code"]) for record in told if "exit-code" in record), None)

    def out_of_memory(self) -> bool:
        """What the control group tells."""
        return self._group is not None and self._group.out_of_memory()

    def release(self) -> None:
        """Wait until nothing runs any more, close what is open, remove the control group.

        Raises:
            TimeoutError: something still runs.
        """
        over = self._end()
        os.close(self._gate)
        os.close(self._status)
        if self._init is not None:
            os.close(self._init)
        if self._watch:
            self._watch.close()
        if not over:
            raise TimeoutError(f"processes are left {END_S:g} s after SIGKILL")
        if self._group:
            self._group.remove()

    def _end(self) -> bool:
        """Kill whatever is left and wait for the end of the PID namespace; false if it does not come.

        The bwrap outside ends when it knows the program's status; daemons can be about to die then. The first process
        of a namespace ends last, after the kernel has killed and reaped all others: pid_namespaces(7).
        """
        if self._init is None:
            return True
        self.stop()
        return bool(select.select([self._init], [], [], END_S)[0])


def _start(
    program: Sequence[str], mounts: Mounts, quota: Quota, gate: int, status: int, pass_fds: Sequence[int]
) -> Pipes:
    bwrap = find_bubblewrap()
    program = [os.path.normpath(program[0]), *program[1:]]  # inside, the folder before a ".." may be missing
    _check(program, mounts)
    user = _user() if os.geteuid() == 0 else None
    names, calls = _memory_file(passwd(user)), _memory_file(seccomp.program())
    flags = ["--json-status-fd", str(status), "--block-fd", str(gate), "--seccomp", str(calls)]
    if user is None and can_forbid_namespaces(bwrap):
        flags.append("--disable-userns")
    words = arguments(program, mounts, quota, flags=flags, passwd_fd=names, user=user)
    options, command = words[: words.index("--")], words[words.index("--") :]
    listed = _memory_file("".join(f"{word}\0" for word in options).encode())
    try:
        handed = (*pass_fds, names, calls, listed, gate, status)
        return spawn([bwrap, "--args", str(listed), *command], handed, environment={})
    finally:
        for descriptor in (names, calls, listed):
            os.close(descriptor)


def _check(program: Sequence[str], mounts: Mounts) -> None:
    """Complain now of what would look like a fault of the program later.

    Root's sandboxes run as a user of their own, who must be able to read what is bound.
    """
    places = [outside for outside, _ in (*mounts.read_only, *mounts.shown_again)]
    for place in (*places, host_path(mounts, Path(program[0]))):
        try:
            mode = place.stat().st_mode
        except OSError as error:
            raise SandboxFailure("not to be seen in the sandbox", got=error) from error
        needed = 0o005 if stat.S_ISDIR(mode) else 0o004
        if os.geteuid() == 0 and mode & needed != needed:
            got, expected = f"{stat.filemode(mode)} {place}", "readable by everybody, as the grader is root"
            raise SandboxFailure("not to be read in the sandbox", got=got, expected=expected, fix=f"chmod o+rX {place}")


def _user() -> int:
    """A number that no user has and no other sandbox of this machine: the kernel counts processes by it."""
    return USERS + (os.getpid() << 8) + next(_starts) % 256


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("sandbox")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _wait_for_number(status: int) -> int:
    """Number of the sandbox's first process, from the first line that bubblewrap tells."""
    line, deadline = b"", time.monotonic() + START_S
    while not line.endswith(b"\n"):
        if not select.select([status], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError(f"no answer from bubblewrap within {START_S:g} s")
        if not (byte := os.read(status, 1)):
            raise EOFError("bubblewrap ended without a word")
        line += byte
    return int(json.loads(line)["child-pid"])


def counts_each_sandbox() -> bool:
    """Whether RLIMIT_NPROC counts the processes of one sandbox: by its user, or by its user namespace from 5.14 on."""
    release = platform.release().split(".")
    return os.geteuid() == 0 or (int(release[0]), int(release[1])) >= (5, 14)


def _limits(quota: Quota) -> dict[int, int]:
    processes = quota.processes + (0 if os.geteuid() == 0 else BUBBLEWRAP)
    return ({resource.RLIMIT_NPROC: processes} if counts_each_sandbox() else {}) | {
        resource.RLIMIT_DATA: quota.memory_mib << 20,
        resource.RLIMIT_CPU: math.ceil(quota.cpu_s) + SPARE_CPU_S,
        resource.RLIMIT_FSIZE: quota.file_mib << 20,
        resource.RLIMIT_NOFILE: quota.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
