"""Tier C: a program in a container, where there are no user namespaces, on macOS for instance.

The image contains the interpreter and its packages; everything else is mounted as in other tiers. The tests cover the
command line and what is refused. No test has run a container.
"""

import contextlib
import itertools
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.sandbox.interpreter import interpreter_binds
from autograder.sandbox.launched import spawn
from autograder.sandbox.processes import Reading
from autograder.sandbox.terms import Mounts, Quota, SandboxFailure

__all__ = ["IMAGE", "Container", "command", "find_engine", "find_image"]

ENGINES = ("docker", "podman")
IMAGE = "AUTOGRADER_IMAGE"
"""Environment variable that names the image."""

USER = "1000:1000"
"""User and group inside."""
SHARED_MIB = 16
"""Size of /dev/shm."""
NOT_STARTED = (125, 126, 127)
"""Exit statuses by which an engine reports that it failed, or that the program could not be started: docker-run(1)."""
ASK_S = 20.0
"""Seconds for the engine to answer a question."""


def find_engine() -> str:
    """Path of a container engine that answers.

    Raises:
        SandboxFailure: there is none.
    """
    for name in ENGINES:
        if (program := shutil.which(name)) and _engine_output(program, "info") is not None:
            return program
    raise SandboxFailure("no container engine answers", expected=" or ".join(ENGINES))


def find_image(engine: str) -> str:
    """Name of the image, which must be there already.

    Raises:
        SandboxFailure: none is named, or it is not there.
    """
    name = os.environ.get(IMAGE, "")
    if not name or _engine_output(engine, "image", "inspect", name) is None:
        build = f"{Path(engine).name} build --tag autograder --file autograder/Containerfile ."
        fix = f"{build}, then export {IMAGE}=autograder"
        raise SandboxFailure("no image for the sandbox", got=name or f"no {IMAGE}", fix=fix)
    return name


def command(engine: str, image: str, name: str, program: Sequence[str], mounts: Mounts, quota: Quota) -> list[str]:
    """The engine's command line. In place of this interpreter, the image's own runs the program."""
    is_python = bool(program) and Path(program[0]) == Path(sys.executable)
    inside = ["python", *program[1:]] if is_python else list(program)
    limits, mount_options = _limits(quota), _mount_options(mounts, quota)
    return [engine, "run", "--interactive", "--name", name, *limits, *mount_options, image, *inside]


def _limits(quota: Quota) -> Iterator[str]:
    yield from ("--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")
    yield from ("--user", USER, "--hostname", "sandbox", "--ipc", "private", "--shm-size", f"{SHARED_MIB}m")
    yield from ("--pids-limit", str(quota.processes))
    # The same for memory and swap together: no swap.
    yield from ("--memory", f"{quota.memory_mib}m", "--memory-swap", f"{quota.memory_mib}m")
    for kind, value in (
        ("core", 0),
        ("cpu", math.ceil(quota.cpu_s)),
        ("fsize", quota.file_mib << 20),
        ("nofile", quota.open_files),
    ):
        yield from ("--ulimit", f"{kind}={value}:{value}")


def _mount_options(mounts: Mounts, quota: Quota) -> Iterator[str]:
    # The kernel charges what is written to a tmpfs to the memory of the container.
    size = f"size={quota.disk_mib}m,nr_inodes={quota.files},mode=1777"
    yield from ("--tmpfs", f"{mounts.folder}:rw,nosuid,nodev,noexec,{size}", "--workdir", str(mounts.folder))
    in_image = set(interpreter_binds())
    binds = [pair for pair in mounts.read_only if pair not in in_image]
    for outside, inside in (*binds, *mounts.shown_again):
        yield from ("--mount", _joined(("type", "bind"), ("source", outside), ("target", inside), ("readonly", "true")))
    for path in mounts.hidden:
        # The kind of mask depends on what is hidden: the last bind that covers the path says which file it is.
        outside = next((out / path.relative_to(to) for out, to in reversed(binds) if path.is_relative_to(to)), path)
        if outside.is_dir():
            yield from ("--mount", _joined(("type", "tmpfs"), ("target", path), ("tmpfs-size", 4096)))
        elif outside.exists():
            empty = (("type", "bind"), ("source", "/dev/null"), ("target", path), ("readonly", "true"))
            yield from ("--mount", _joined(*empty))
    defaults = {"HOME": str(mounts.folder), "TMPDIR": str(mounts.folder)}
    for name, value in (defaults | dict(mounts.environment)).items():
        yield from ("--env", f"{name}={value}")


def _joined(*fields: tuple[str, object]) -> str:
    """Fields of a --mount option, which is a line of CSV; raises SandboxFailure for a value that would break it."""
    if any("," in str(value) or '"' in str(value) for _, value in fields):
        raise SandboxFailure("a container engine cannot mount a path with a comma or a quotation mark", got=fields)
    return ",".join(f"{name}={value}" for name, value in fields)


class Container:
    """A program in a container of its own."""

    _numbers = itertools.count()

    def __init__(self, program: Sequence[str], mounts: Mounts, quota: Quota, pass_fds: Sequence[int]) -> None:
        if pass_fds:
            raise SandboxFailure("a container gets no descriptors but its standard streams", got=tuple(pass_fds))
        self._engine = find_engine()
        self._name = f"autograder-{os.getpid()}-{next(self._numbers)}"
        argv = command(self._engine, find_image(self._engine), self._name, program, mounts, quota)
        # The engine's client needs the grader's environment; the container gets none of it.
        self.pipes = spawn(argv, (), os.environ)

    def measure(self) -> Reading | None:
        """None: the engine keeps the limits."""
        return None

    def stop(self) -> None:
        """Kill the container. The engine's client, which is our child, then ends by itself."""
        _engine_output(self._engine, "kill", self._name)

    def exit_status(self) -> int | None:
        """Exit status of the program; None if the status is one of the engine's own."""
        status = self.pipes.process.returncode
        return None if status in NOT_STARTED or status < 0 else status

    def out_of_memory(self) -> bool:
        """Whether the engine says so, once the container has ended; False before."""
        if self.pipes.process.returncode is None:
            return False
        return _engine_output(self._engine, "inspect", "--format", "{{.State.OOMKilled}}", self._name) == "true"

    def release(self) -> None:
        """Remove the container."""
        _engine_output(self._engine, "rm", "--force", self._name)


def _engine_output(engine: str, *arguments: str) -> str | None:
    """What a command of the engine prints; None if it fails."""
    argv = [engine, *arguments]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(argv, capture_output=True, text=True, timeout=ASK_S, check=True).stdout.strip()  # noqa: S603
    return None
