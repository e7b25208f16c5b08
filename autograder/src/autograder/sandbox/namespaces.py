"""Tiers A and B: a program in bubblewrap, held at a gate until its limits are in place.

`bwrap --block-fd` sets the sandbox up and then waits until something is written to a pipe, the gate. Meanwhile, its
first process is put under rlimits and into its control group, and everything that it starts inherits both.
"""

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
"""Seconds for bubblewrap to set a sandbox up."""
END_S = 10.0
"""Seconds for the kernel to end a PID namespace after SIGKILL."""
USERS = 2_000_000_000
"""User numbers from here on belong to sandboxes, if the grader is root."""
SPARE_CPU_S = 3
"""Seconds by which RLIMIT_CPU exceeds the quota: the keeper, which knows the reason, should be first."""


_starts = itertools.count()


class Namespaces:
    """A program in bubblewrap, measured by its control group, or without one by a watch on its processes."""

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
        """Put the first process of the sandbox under its limits, then open the gate."""
        try:
            self._pid = _wait_for_pid(self._status)
            # A descriptor of the process: unlike its number, it can never come to mean another process.
            self._init = os.pidfd_open(self._pid)
            if self._group:
                self._group.add(self._pid)
            for kind, limit in _limits(self._quota).items():
                resource.prlimit(self._pid, kind, (limit, limit))
            # If the machine runs out of memory, sandboxes go first.
            Path(f"/proc/{self._pid}/oom_score_adj").write_text("1000", encoding="ascii")
            os.write(self._gate, b"1")
        except (OSError, EOFError, ValueError) as error:
            raise self._start_failure(error) from error

    def _start_failure(self, error: Exception) -> SandboxFailure:
        """End what has started, and take bubblewrap's words from standard error as the reason."""
        self.pipes.process.kill()
        self.pipes.process.wait()
        message = ""
        with contextlib.suppress(BlockingIOError):
            message = os.read(self.pipes.stderr, 4096).decode(errors="replace").strip()
        for descriptor in (self.pipes.stdin, self.pipes.stdout, self.pipes.stderr):
            os.close(descriptor)
        return SandboxFailure("the sandbox did not start", got=message or error)

    def measure(self) -> Reading | None:
        """Use so far, from the control group or from the sandbox's own /proc; None before the sandbox has its root."""
        if not self._watch:
            self._watch = self._open_watch()
        if not self._watch:
            return self._group.read() if self._group else None
        return self._group.read(self._watch.files()) if self._group else self._watch.read()

    def _open_watch(self) -> Watch | None:
        """A watch on the sandbox's processes, once it has its own root."""
        # As long as the byte in the gate has not been read, the first process may still see the machine's /proc.
        unread = struct.unpack("i", fcntl.ioctl(self._gate, termios.FIONREAD, b"\0" * 4))[0]
        if unread:
            return None
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        root = f"/proc/{self._pid}/root"
        proc = os.open(f"{root}/proc", flags)
        try:
            folder = os.open(f"{root}{self._folder}", flags)
        except OSError:
            os.close(proc)
            raise
        return Watch(proc, folder, self._quota.memory_mib)

    def stop(self) -> None:
        """Kill the first process of the PID namespace, and with it all others."""
        with contextlib.suppress(ProcessLookupError):
            if self._init is not None:
                signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def exit_status(self) -> int | None:
        """Exit status of the program, from the JSON lines that bubblewrap writes to the status pipe."""
        os.set_blocking(self._status, False)
        with contextlib.suppress(BlockingIOError):
            while more := os.read(self._status, 4096):
                self._status_text += more
        records = [json.loads(line) for line in self._status_text.splitlines() if line.strip()]
        return next((int(record["exit-code"]) for record in records if "exit-code" in record), None)

    def out_of_memory(self) -> bool:
        """Whether the control group has counted such a kill; False without one."""
        return self._group is not None and self._group.out_of_memory()

    def release(self) -> None:
        """Wait until no process is left, close descriptors, remove the control group.

        Raises:
            TimeoutError: a process still runs.
        """
        ended = self._end()
        os.close(self._gate)
        os.close(self._status)
        if self._init is not None:
            os.close(self._init)
        if self._watch:
            self._watch.close()
        if not ended:
            raise TimeoutError(f"processes are left {END_S:g} s after SIGKILL")
        if self._group:
            self._group.remove()

    def _end(self) -> bool:
        """Kill what is left and wait for the end of the PID namespace. False if it does not come within `END_S`.

        The bwrap process outside ends as soon as it knows the program's status, when daemons may still be dying. The
        first process of a namespace ends last, after the kernel has killed and reaped all others: pid_namespaces(7).
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
    _check_readable(program, mounts)
    user = _user() if os.geteuid() == 0 else None
    passwd_file, call_filter = _memory_file(passwd(user)), _memory_file(seccomp.program())
    flags = ["--json-status-fd", str(status), "--block-fd", str(gate), "--seccomp", str(call_filter)]
    if user is None and can_forbid_namespaces(bwrap):
        flags.append("--disable-userns")
    words = arguments(program, mounts, quota, flags=flags, passwd_fd=passwd_file, user=user)
    options, command = words[: words.index("--")], words[words.index("--") :]
    # Through a descriptor: a command line has a maximum length, and everybody can read it with ps(1).
    option_file = _memory_file("".join(f"{word}\0" for word in options).encode())
    try:
        inherited = (*pass_fds, passwd_file, call_filter, option_file, gate, status)
        return spawn([bwrap, "--args", str(option_file), *command], inherited, environment={})
    finally:
        for descriptor in (passwd_file, call_filter, option_file):
            os.close(descriptor)


def _check_readable(program: Sequence[str], mounts: Mounts) -> None:
    """Raise SandboxFailure if a bind is missing or unreadable: inside, it would look like the program's fault.

    If the grader is root, sandboxes run as users of their own, who must be able to read what is bound.
    """
    sources = [outside for outside, _ in (*mounts.read_only, *mounts.shown_again)]
    for path in (*sources, host_path(mounts, Path(program[0]))):
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise SandboxFailure("a file or folder for the sandbox cannot be found", got=error) from error
        needed = 0o005 if stat.S_ISDIR(mode) else 0o004
        if os.geteuid() == 0 and mode & needed != needed:
            got, expected = f"{stat.filemode(mode)} {path}", "readable by everybody, as the grader is root"
            raise SandboxFailure("not to be read in the sandbox", got=got, expected=expected, fix=f"chmod o+rX {path}")


def _user() -> int:
    """A user number of this sandbox's own, because the kernel counts processes by user for RLIMIT_NPROC."""
    # The grader's process number and a count: enough for 256 sandboxes of one grader at the same time.
    return USERS + (os.getpid() << 8) + next(_starts) % 256


def _memory_file(content: bytes) -> int:
    """Descriptor of a file in memory, to be read from its beginning."""
    descriptor = os.memfd_create("sandbox")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _wait_for_pid(status: int) -> int:
    """Process number of the sandbox's first process, from the first line of the status pipe."""
    line, deadline = b"", time.monotonic() + START_S
    while not line.endswith(b"\n"):
        if not select.select([status], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError(f"no answer from bubblewrap within {START_S:g} s")
        # Byte by byte, so that the lines after the first stay in the pipe.
        if not (byte := os.read(status, 1)):
            raise EOFError("bubblewrap ended without an answer")
        line += byte
    return int(json.loads(line)["child-pid"])


def counts_each_sandbox() -> bool:
    """Whether RLIMIT_NPROC counts the processes of one sandbox: by its user, or by its user namespace from 5.14 on."""
    release = platform.release().split(".")
    return os.geteuid() == 0 or (int(release[0]), int(release[1])) >= (5, 14)


def _limits(quota: Quota) -> dict[int, int]:
    # The program's user is another than that of bubblewrap's own process in the sandbox, if the grader is root.
    processes = quota.processes + (0 if os.geteuid() == 0 else BUBBLEWRAP)
    return ({resource.RLIMIT_NPROC: processes} if counts_each_sandbox() else {}) | {
        # Unlike RLIMIT_AS, it leaves out mapped libraries, which processes share.
        resource.RLIMIT_DATA: quota.memory_mib << 20,
        resource.RLIMIT_CPU: math.ceil(quota.cpu_s) + SPARE_CPU_S,
        resource.RLIMIT_FSIZE: quota.file_mib << 20,
        resource.RLIMIT_NOFILE: quota.open_files,
        # No core dumps, no locked memory, no message queues.
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
