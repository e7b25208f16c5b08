"""What an attack must leave as it was: files, processes, and servers that nobody may visit."""

import ctypes
import hashlib
import os
import socket
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psutil

__all__ = ["MARK", "Servers", "adopting_orphans", "contents", "marks", "processes", "times"]

MARK = "was-here"
"""In the name of each file that an attack tries to leave in a folder that belongs to everybody."""

PR_SET_CHILD_SUBREAPER = 36
ENDING_S = 5.0


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Whatever process cuts its ties with its parent below us becomes our child, and so can be seen."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    try:
        yield
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def processes() -> list[str]:
    """Our descendants, orphans among them, that do not end by themselves within some seconds."""
    _, alive = psutil.wait_procs(psutil.Process().children(recursive=True), timeout=ENDING_S)
    return [f"{process.pid} {process.name()}" for process in alive]


def contents(*roots: Path, leaving_out: Iterable[Path] = ()) -> dict[str, str]:
    """Digest of each file, target of each link and rights of each folder below `roots`."""
    left_out = tuple(leaving_out)
    return {
        str(path): _content(path)
        for root in roots
        for path in root.rglob("*")
        if not any(path == left or left in path.parents for left in left_out)
    }


def _content(path: Path) -> str:
    status = path.lstat()
    kind = oct(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return f"{kind} -> {path.readlink()}"
    if stat.S_ISREG(status.st_mode):
        # the hole at the end of a giant tells nothing
        with path.open("rb") as file:
            return f"{kind} {status.st_size} {hashlib.sha256(file.read(2**25)).hexdigest()}"
    return kind


def times(root: Path) -> dict[str, tuple[int, int, int]]:
    """Mode, size and time of the last change of each file below `root`, for folders too large to be read.

    The time is that of the inode, which no program can set back.
    """
    found = {}
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)  # noqa: PTH118 (a hundred thousand files)
            status = os.lstat(path)
            found[path] = (status.st_mode, status.st_size, status.st_ctime_ns)
    return found


def marks() -> list[str]:
    """Files that an attack has left in the folders for temporary files."""
    return [str(path) for folder in ("/tmp", "/var/tmp", "/dev/shm") for path in Path(folder).glob(f"*{MARK}*")]


class Servers:
    """TCP, UDP and an abstract Unix socket that listen on this machine: who has visited them can be asked afterwards.

    Nobody has to serve: the system completes a connection and keeps a datagram until somebody looks.
    """

    def __init__(self) -> None:
        self._tcp = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._tcp.getsockname()[1]
        self.name = f"autograder-attacks-{self.port}"
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._unix.bind(f"\0{self.name}")
        self._unix.listen(64)
        for server in (self._tcp, self._udp, self._unix):
            server.setblocking(False)

    def visitors(self) -> list[str]:
        """Which of the servers somebody has reached since this was asked last."""
        found = []
        for name, server in (("tcp", self._tcp), ("unix", self._unix)):
            try:
                while True:
                    server.accept()[0].close()
                    found.append(name)
            except BlockingIOError:
                continue
        try:
            while self._udp.recv(1):
                found.append("udp")
        except BlockingIOError:
            pass
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in (self._tcp, self._udp, self._unix):
            server.close()
