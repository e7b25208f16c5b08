"""The command line of bubblewrap for given mounts and a quota. Source: bwrap(1), https://github.com/containers/bubblewrap."""

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
"""Number of the user inside, unless the grader is root."""
SETPRIV = "/usr/bin/setpriv"
"""A program of util-linux, which only a grader that is root needs."""
DEVICES = ("null", "zero", "full", "random", "urandom")

PROC_SHOWN = ("self", "thread-self", "mounts", "net", "cpuinfo", "meminfo", "stat", "uptime", "version", "loadavg")
"""Parts of /proc that are not masked. The rest describes the machine, and some of it can be written."""


def find_bubblewrap() -> str:
    """Path of bwrap.

    Raises:
        SandboxFailure: there is none.
    """
    if program := shutil.which("bwrap"):
        return program
    raise SandboxFailure("bubblewrap is not installed", fix="apt-get install bubblewrap, or dnf install bubblewrap")


@functools.cache
def version(program: str) -> tuple[int, ...]:
    """Version of a bubblewrap program, such as (0, 8, 0)."""
    command = [program, "--version"]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout  # noqa: S603
    return tuple(int(number) for number in re.findall(r"\d+", output))


def can_forbid_namespaces(program: str) -> bool:
    """Whether bubblewrap knows --disable-userns. The filter for system calls forbids user namespaces in any case."""
    return version(program) >= (0, 8, 0)


def passwd(user: int | None) -> bytes:
    """The sandbox's /etc/passwd: one line."""
    uid = USER if user is None else user
    return f"student:x:{uid}:{uid}::/:/sbin/nologin\n".encode()


def arguments(
    program: Sequence[str], mounts: Mounts, quota: Quota, *, flags: Sequence[str], passwd_fd: int, user: int | None
) -> list[str]:
    """All arguments of bwrap.

    An ordinary user makes a user namespace. Root needs none, and must not stay root in one: the kernel exempts root
    from the limit on processes, and from much else, whatever its capabilities. So the program becomes `user`.

    Args:
        program: path of the program inside, and its arguments.
        mounts: what it sees.
        quota: what it may use.
        flags: options that depend on this one start, such as descriptors.
        passwd_fd: descriptor of the sandbox's /etc/passwd.
        user: number of the user that the program becomes; None unless the grader is root.
    """
    mount_options = _mount_options(mounts, quota, passwd_fd)
    if user is None:
        identity = ["--unshare-user", "--uid", str(USER), "--gid", str(USER), "--cap-drop", "ALL"]
        return [*flags, *identity, *_namespaces(), *mount_options, *_environment(mounts), "--", *program]
    # bubblewrap cannot become another user without a user namespace, so setpriv does, with the three capabilities that
    # takes; it drops them before it starts the program.
    capabilities = [word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}")]
    identity = ["--cap-drop", "ALL", *capabilities, *_parent_folders(Path(SETPRIV)), "--ro-bind", SETPRIV, SETPRIV]
    become = [SETPRIV, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
    return [*flags, *_namespaces(), *identity, *mount_options, *_environment(mounts), "--", *become, "--", *program]


def _namespaces() -> Iterator[str]:
    """Namespaces of every start, and a session without the grader's terminal."""
    yield from (f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup"))
    yield from ("--hostname", "sandbox", "--die-with-parent", "--new-session")


def _environment(mounts: Mounts) -> Iterator[str]:
    yield "--clearenv"
    defaults = {"HOME": str(mounts.folder), "TMPDIR": str(mounts.folder / ".tmp")}
    for name, value in (defaults | dict(mounts.environment)).items():
        yield from ("--setenv", name, value)
    yield from ("--chdir", str(mounts.folder))


def _mount_options(mounts: Mounts, quota: Quota, passwd_fd: int) -> Iterator[str]:
    """The file system inside. Everything but `mounts.folder` ends up read-only.

    bubblewrap carries its options out one by one, and what is mounted later lies on top, so their order matters.
    """
    within = [pair for pair in mounts.read_only if pair[1].is_relative_to(mounts.folder)]
    around = [pair for pair in mounts.read_only if pair not in within]
    # 1. What is to be read, and a user database of one line.
    yield from _parent_folders(*(inside for _, inside in around), mounts.folder)
    for outside, inside in around:
        yield from ("--ro-bind", str(outside), str(inside))
    yield from ("--perms", "0444", "--ro-bind-data", str(passwd_fd), "/etc/passwd")
    # 2. Masks over parts of it: a tiny tmpfs for a folder, /dev/null for a file.
    masked = list(_masked_folders(mounts))
    for path in mounts.hidden:
        if path in masked:
            yield from ("--perms", "0755", "--size", "4096", "--tmpfs", str(path))
        elif host_path(mounts, path).exists():
            yield from ("--ro-bind", "/dev/null", str(path))
    # 3. Holes in the masks. Only then can these become read-only.
    yield from _parent_folders(*(inside for _, inside in mounts.shown_again))
    for outside, inside in mounts.shown_again:
        yield from ("--ro-bind", str(outside), str(inside))
    for path in masked:
        yield from ("--remount-ro", str(path))
    # 4. /proc and /dev, and the folder that can be written, its size limited.
    yield from ("--proc", "/proc", *_proc_masks())
    yield from _devices(mounts)
    yield from ("--perms", "1777", "--size", str(quota.disk_mib << 20), "--tmpfs", str(mounts.folder))
    for name in (".tmp", ".shm"):
        yield from ("--perms", "1777", "--dir", str(mounts.folder / name))
    yield from _within(mounts, within)
    # 5. /tmp leads into the folder as well, unless something is bound there.
    if not any(inside.is_relative_to("/tmp") for _, inside in (*mounts.read_only, (None, mounts.folder))):  # noqa: S108
        yield from ("--symlink", str(mounts.folder / ".tmp"), "/tmp")  # noqa: S108
    yield from ("--remount-ro", "/")


def _within(mounts: Mounts, pairs: Sequence[tuple[Path, Path]]) -> Iterator[str]:
    """Binds in the writable folder. The folders that lead to them can be written to, like everything there."""
    for outside, inside in pairs:
        for parent in sorted(parent for parent in inside.parents if mounts.folder in parent.parents):
            yield from ("--perms", "1777", "--dir", str(parent))
        yield from ("--ro-bind", str(outside), str(inside))


def _parent_folders(*paths: Path) -> Iterator[str]:
    """Folders that lead to some paths, readable by everybody; bubblewrap would make them their owner's alone."""
    folders = {parent for path in (*paths, Path("/etc/passwd")) for parent in path.parents if parent != Path("/")}
    # Sorted, so that a folder comes before those in it.
    for folder in sorted(folders):
        yield from ("--perms", "0755", "--dir", str(folder))


def _masked_folders(mounts: Mounts) -> Iterator[Path]:
    return (path for path in mounts.hidden if host_path(mounts, path).is_dir())


def host_path(mounts: Mounts, inside: Path) -> Path:
    """The path on the machine that a path in the sandbox is bound to."""
    # The last bind that covers it lies on top.
    for source, target in reversed(mounts.read_only):
        if inside.is_relative_to(target):
            return source / inside.relative_to(target)
    return inside


def _devices(mounts: Mounts) -> Iterator[str]:
    """A /dev without terminals. Its shared memory lies in the writable folder and so shares that folder's limit."""
    yield from ("--perms", "0755", "--size", "65536", "--tmpfs", "/dev")
    for name in DEVICES:
        yield from ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
    yield from ("--symlink", "/proc/self/fd", "/dev/fd", "--symlink", str(mounts.folder / ".shm"), "/dev/shm")  # noqa: S108
    yield from ("--remount-ro", "/dev")


@functools.cache
def _proc_masks() -> tuple[str, ...]:
    """Masks over all of /proc that is neither a process nor in `PROC_SHOWN`, whatever this kernel has there."""
    masks: list[str] = []
    for entry in sorted(os.scandir("/proc"), key=lambda entry: entry.name):
        if entry.name in PROC_SHOWN or entry.name.isdecimal():
            continue
        if entry.is_dir():
            masks += ["--perms", "0555", "--size", "4096", "--tmpfs", entry.path, "--remount-ro", entry.path]
        else:
            masks += ["--ro-bind", "/dev/null", entry.path]
    return tuple(masks)
