"""Control groups, version 1 or 2: the kernel's limits and accounting for all processes of a sandbox together.

Groups are made below the grader's own, whose limits therefore hold for them as well. Sources: the kernel's
Documentation/admin-guide/cgroup-v1/ and cgroup-v2.rst.
"""

import contextlib
import functools
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.processes import BUBBLEWRAP, MIB, Reading
from autograder.sandbox.terms import Quota

__all__ = ["Group", "Hierarchy", "find_hierarchy"]

NAME = "autograder"
"""A group is called autograder-PID-N, with the grader's process number and a count."""
GRADER = "grader"
V1 = ("memory", "pids", "cpuacct")
V2 = ("memory", "pids")
REMOVE_S = 5.0
"""Seconds for the kernel to finish with the last process of a group."""


class NoHierarchyError(Exception):
    """No group can be made here; the text says why."""


@dataclass(frozen=True)
class Hierarchy:
    """The place where this process can make groups.

    Attributes:
        version: 1 or 2.
        bases: folder of each controller; one for all in version 2.
    """

    version: int
    bases: tuple[tuple[str, Path], ...]

    def __str__(self) -> str:
        return f"cgroup v{self.version} ({', '.join(name for name, _ in self.bases)})"

    def folders(self) -> list[Path]:
        """The folders of `bases`, each once."""
        return list(dict.fromkeys(base for _, base in self.bases))


def find_hierarchy() -> Hierarchy | str:
    """Where this process can make groups with limits, or the reason why it cannot.

    Groups that were left behind by graders that were killed are removed.
    """
    return _find(os.getpid())


@functools.cache
def _find(_process: int) -> Hierarchy | str:
    # Cached by process: a forked child may be in another group. /proc/self/cgroup has lines ID:CONTROLLERS:PATH.
    own = dict(line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text().splitlines())
    paths = {name: path for names, path in own.items() for name in names.split(",")}
    try:
        hierarchy = _version_1(paths) if all(name in paths for name in V1) else _version_2(paths)
        for base in hierarchy.folders():
            _sweep(base)
    except (OSError, NoHierarchyError) as error:
        return str(error)
    return hierarchy


def _version_1(paths: dict[str, str]) -> Hierarchy:
    bases = tuple((name, _group_folder("cgroup", name, paths[name])) for name in V1)
    for name, base in bases:
        if not os.access(base / "cgroup.procs", os.W_OK):
            raise NoHierarchyError(f"the group of {name} belongs to another user")
    return Hierarchy(1, bases)


def _version_2(paths: dict[str, str]) -> Hierarchy:
    if "" not in paths:
        raise NoHierarchyError("there is no control group")
    own = _group_folder("cgroup2", "", paths[""])
    # An earlier call in this process has moved it into a child, see `_make_room`.
    base = own.parent if own.name.endswith(f"-{GRADER}") else own
    controllers = (base / "cgroup.controllers").read_text().split()
    if missing := [name for name in V2 if name not in controllers]:
        raise NoHierarchyError(f"this process's group has no controller for {' and '.join(missing)}")
    if not os.access(base / "cgroup.procs", os.W_OK):
        raise NoHierarchyError("this process's group belongs to another user")
    if any(name not in (base / "cgroup.subtree_control").read_text().split() for name in V2):
        _make_room(base)
        (base / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in V2))
    return Hierarchy(2, tuple((name, base) for name in V2))


def _make_room(base: Path) -> None:
    """Move the grader into a child of its group: a group with controllers for its children cannot hold processes."""
    if not (base / "cgroup.events").exists():
        return  # the root group, which is exempt from that rule
    others = set((base / "cgroup.procs").read_text().split()) - {str(os.getpid())}
    if others:
        raise NoHierarchyError(f"this process shares its group with {len(others)} others")
    child = base / f"{NAME}-{os.getpid()}-{GRADER}"
    child.mkdir(exist_ok=True)
    (child / "cgroup.procs").write_text(str(os.getpid()))


def _group_folder(kind: str, controller: str, path: str) -> Path:
    """Folder of a group, found in the table of mounts.

    Args:
        kind: type of file system, "cgroup" or "cgroup2".
        controller: version 1 mounts one file system for each; empty in version 2.
        path: of the group, from /proc/self/cgroup.
    """
    # A line of mountinfo, see proc(5): … ROOT TARGET … - TYPE SOURCE OPTIONS. In a container, ROOT is not "/".
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        root, target = left.split()[3:5]
        file_system, _, options = right.split(" ", 2)
        if file_system == kind and (not controller or controller in options.split(",")):
            return Path(target) / os.path.relpath(path, root)
    raise NoHierarchyError(f"no control group for {controller or 'anything'} is mounted")


def _sweep(base: Path) -> None:
    """Remove the groups of graders that no longer run."""
    for left in base.glob(f"{NAME}-*-*"):
        number = left.name.split("-")[1]
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            with contextlib.suppress(OSError):  # another grader has been quicker, or processes are still in it
                left.rmdir()


class Group:
    """The control group of one sandbox, in every controller's hierarchy."""

    _numbers = itertools.count()

    def __init__(self, hierarchy: Hierarchy, quota: Quota) -> None:
        name = f"{NAME}-{os.getpid()}-{next(self._numbers)}"
        self._version = hierarchy.version
        self._groups = {controller: base / name for controller, base in hierarchy.bases}
        self._folders = [base / name for base in hierarchy.folders()]
        try:
            for folder in self._folders:
                folder.mkdir()
            self._limit(quota)
        except OSError:
            self.remove()
            raise

    def _limit(self, quota: Quota) -> None:
        # No swap, in either version: memory.memsw counts memory and swap together, memory.swap.max swap alone.
        memory, pids = self._groups["memory"], self._groups["pids"]
        (pids / "pids.max").write_text(str(quota.processes + BUBBLEWRAP))
        limit = str(quota.memory_mib * MIB)
        if self._version == 1:
            (memory / "memory.limit_in_bytes").write_text(limit)
            swap = memory / "memory.memsw.limit_in_bytes"
        else:
            (memory / "memory.max").write_text(limit)
            (memory / "memory.oom.group").write_text("1")  # all of the group die, not one process of it
            swap, limit = memory / "memory.swap.max", "0"
        # A kernel without swap accounting has no such file.
        if swap.exists():
            swap.write_text(limit)

    def add(self, process: int) -> None:
        """Put a process into the group, and with it all that it will start."""
        for folder in self._folders:
            (folder / "cgroup.procs").write_text(str(process))

    def read(self, files: int = 0) -> Reading:
        """Use so far. Memory is the peak, with the files that the kernel keeps in memory for the group."""
        memory = self._groups["memory"]
        if self._version == 1:
            cpu_s = _number(self._groups["cpuacct"] / "cpuacct.usage") / 1e9  # nanoseconds
            used = _number(memory / "memory.max_usage_in_bytes")
        else:
            # cpu.stat exists without the cpu controller, memory.peak from Linux 5.19 on.
            cpu_s = _number(memory / "cpu.stat", "usage_usec") / 1e6
            peak = memory / "memory.peak"
            used = _number(peak if peak.exists() else memory / "memory.current")
        return Reading(cpu_s, used / MIB, _number(self._groups["pids"] / "pids.current") - BUBBLEWRAP, files)

    def out_of_memory(self) -> bool:
        """Whether the kernel has killed one of its processes for lack of memory."""
        name = "memory.oom_control" if self._version == 1 else "memory.events"
        return _number(self._groups["memory"] / name, "oom_kill") > 0

    def remove(self) -> None:
        """Remove the group, in which no process runs any more.

        Raises:
            OSError: it is still in use after `REMOVE_S`.
        """
        deadline = time.monotonic() + REMOVE_S
        for folder in self._folders:
            while folder.exists():
                try:
                    folder.rmdir()
                except OSError:  # EBUSY until the kernel has finished with the last process
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.001)


def _number(path: Path, key: str = "") -> int:
    """The number in a file, or the one after a key: "oom_kill 0"."""
    words = path.read_text(encoding="ascii").split()
    return int(words[words.index(key) + 1 if key else 0])
