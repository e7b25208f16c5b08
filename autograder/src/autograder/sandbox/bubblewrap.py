"""Mounts and a quota as a command line for bubblewrap: https://github.com/containers/bubblewrap."""

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.sandbox.terms import Mounts, Quota, SandboxFailure

__all__ = ["arguments", "can_forbid_namespaces", "find_bubblewrap", "host_path", "passwd", "version"]

USER = 1000
SETPRIV = "/usr/bin/setpriv"
"""Of util-linux; needed by root alone."""
DEVICES = ("null", "zero", "full", "random", "urandom")

PROC_SHOWN = ("self", "thread-self", "mounts", "net", "cpuinfo", "meminfo", "stat", "uptime", "version", "loadavg")
"""Of /proc, beside the sandbox's own processes. The rest tells of the machine, and some of it can be written."""


def find_bubblewrap() -> str:
    """Path of bwrap.

    Raises:
        SandboxFailure: there is none.
    """
    if found := shutil.which("bwrap"):
        return found
    raise SandboxFailure("bubblewrap is not installed", fix="apt-get install bubblewrap, or dnf install bubblewrap")


@functools.cache
def version(program: str) -> tuple[int, ...]:
    """Version of a bubblewrap, (0, 8, 0) for instance."""
    command = [program, "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout  # noqa: S603
    return tuple(int(number) for number in re.findall(r"\d+", told))


def can_forbid_namespaces(program: str) -> bool:
    """Whether bubblewrap itself can forbid further user namespaces; the filter for system calls does it in any case."""
    return version(program) >= (0, 8, 0)


def passwd(user: int | None) -> bytes:
    """The sandbox's /etc/passwd: one line."""
    number = USER if user is None else user
    return f"student:x:{number}:{number}::/:/sbin/nologin\n".encode()


def arguments(
    program: Sequence[str], mounts: Mounts, quota: Quota, *, flags: Sequence[str], passwd_fd: int, user: int | None
) -> list[str]:
    """All arguments of bwrap.

    An ordinary user makes a user namespace. Root needs none, and must not stay root in one: the kernel exempts root
    from the limit on processes, and from much else, whatever its capabilities. So the program becomes `user`.

    Args:
        program: its words.
        mounts: what it sees.
        quota: what it may use.
        flags: those that depend on the start, not on what is seen; they come first.
        passwd_fd: descriptor of the sandbox's /etc/passwd.
        user: number of the user that the program becomes; None unless the grader is root.
    """
    mount_options = _mount_options(mounts, quota, passwd_fd)
    if user is None:
        who = ["--unshare-user", "--uid", str(USER), "--gid", str(USER), "--cap-drop", "ALL"]
        return [*flags, *who, *_namespaces(), *mount_options, *_environment(mounts), "--", *program]
    needed = [word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}")]
    who = ["--cap-drop", "ALL", *needed, *_parent_folders(Path(SETPRIV)), "--ro-bind", SETPRIV, SETPRIV]
    become = [SETPRIV, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
    return [*flags, *_namespaces(), *who, *mount_options, *_environment(mounts), "--", *become, "--", *program]


def _namespaces() -> Iterator[str]:
    yield from (f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup"))
    yield from ("--hostname", "sandbox", "--die-with-parent", "--new-session")


def _environment(mounts: Mounts) -> Iterator[str]:
    yield "--clearenv"
    places = {"HOME": str(mounts.folder), "TMPDIR": str(mounts.folder / ".tmp")}
    for name, value in (places | dict(mounts.environment)).items():
        yield from ("--setenv", name, value)
    yield from ("--chdir", str(mounts.folder))


def _mount_options(mounts: Mounts, quota: Quota, passwd_fd: int) -> Iterator[str]:
    """Order matters: what comes later lies on top. Everything but `mounts.folder` ends up read-only."""
    within = [pair for pair in mounts.read_only if pair[1].is_relative_to(mounts.folder)]
    around = [pair for pair in mounts.read_only if pair not in within]
    yield from _parent_folders(*(inside for _, inside in around), mounts.folder)
    for outside, inside in around:
        yield from ("--ro-bind", str(outside), str(inside))
    yield from ("--perms", "0444", "--ro-bind-data", str(passwd_fd), "/etc/passwd")
    masked = list(_masked_folders(mounts))
    for path in mounts.hidden:
        if path in masked:
            yield from ("--perms", "0755", "--size", "4096", "--tmpfs", str(path))
        elif host_path(mounts, path).exists():
            yield from ("--ro-bind", "/dev/null", str(path))
    yield from _parent_folders(*(inside for _, inside in mounts.shown_again))
    for outside, inside in mounts.shown_again:
        yield from ("--ro-bind", str(outside), str(inside))
    for path in masked:
        yield from ("--remount-ro", str(path))
    yield from ("--proc", "/proc", *_proc_masks())
    yield from _devices(mounts)
    yield from ("--perms", "1777", "--size", str(quota.disk_mib << 20), "--tmpfs", str(mounts.folder))
    for name in (".tmp", ".shm"):
        yield from ("--perms", "1777", "--dir", str(mounts.folder / name))
    yield from _within(mounts, within)
    if not any(inside.is_relative_to("/tmp") for _, inside in (*mounts.read_only, (None, mounts.folder))):  # noqa: S108
        yield from ("--symlink", str(mounts.folder / ".tmp"), "/tmp")  # noqa: S108
    yield from ("--remount-ro", "/")


def _within(mounts: Mounts, pairs: Sequence[tuple[Path, Path]]) -> Iterator[str]:
    """What lies in the writable folder, bound on top of it; the folders that lead there can be written to as well."""
    for outside, inside in pairs:
        for parent in sorted(parent for parent in inside.parents if mounts.folder in parent.parents):
            yield from ("--perms", "1777", "--dir", str(parent))
        yield from ("--ro-bind", str(outside), str(inside))


def _parent_folders(*paths: Path) -> Iterator[str]:
    """The folders that lead to some paths: open to everybody, where bubblewrap would keep them to their owner."""
    ways = {parent for path in (*paths, Path("/etc/passwd")) for parent in path.parents if parent != Path("/")}
    for way in sorted(ways):
        yield from ("--perms", "0755", "--dir", str(way))


def _masked_folders(mounts: Mounts) -> Iterator[Path]:
    return (path for path in mounts.hidden if host_path(mounts, path).is_dir())


def host_path(mounts: Mounts, inside: Path) -> Path:
    """Where a path of the sandbox lies on the machine."""
    for source, target in reversed(mounts.read_only):
        if inside.is_relative_to(target):
            return source / inside.relative_to(target)
    return inside


def _devices(mounts: Mounts) -> Iterator[str]:
    """No terminals, and shared memory is part of the folder, so that one limit holds for all that is written."""
    yield from ("--perms", "0755", "--size", "65536", "--tmpfs", "/dev")
    for name in DEVICES:
        yield from ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
    yield from ("--symlink", "/proc/self/fd", "/dev/fd", "--symlink", str(mounts.folder / ".shm"), "/dev/shm")  # noqa: S108
    yield from ("--remount-ro", "/dev")


@functools.cache
def _proc_masks() -> tuple[str, ...]:
    masks: list[str] = []
    for entry in sorted(os.scandir("/proc"), key=lambda entry: entry.name):
        if entry.name in PROC_SHOWN or entry.name.isdecimal():
            continue
        if entry.is_dir():
            masks += ["--perms", "0555", "--size", "4096", "--tmpfs", entry.path, "--remount-ro", entry.path]
        else:
            masks += ["--ro-bind", "/dev/null", entry.path]
    return tuple(masks)
