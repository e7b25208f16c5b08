"""What the processes of a sandbox use, read from its own /proc, where no other process is."""

import contextlib
import os
from dataclasses import dataclass, field

__all__ = ["BUBBLEWRAP", "MIB", "Reading", "Watch"]

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
MIB = 1 << 20
SOCKET = 1 << 18
"""Bytes that can wait in a socket, about: net.core.wmem_default is 208 KiB everywhere."""
BUBBLEWRAP = 1
"""Processes of a sandbox that are not its program's: bubblewrap waits in it for orphans."""


@dataclass(frozen=True)
class Reading:
    """Use at one moment: processor time since the start, the rest now."""

    cpu_s: float
    memory_mib: float
    processes: int
    files: int = 0


@dataclass
class Watch:
    """The processes of one PID namespace and the files that they wrote.

    A process that ends takes its time along; it is then in the time that its parent waited for, unless the parent
    waits for nobody. Such time is remembered as far as it was seen.

    Attributes:
        proc: descriptor of the sandbox's /proc.
        folder: descriptor of the folder that it writes in.
        limit_mib: above this, memory that processes share is counted once; below, that would not change the answer.
    """

    proc: int
    folder: int
    limit_mib: float
    _spent: float = field(default=0.0, init=False)
    _last: float = field(default=0.0, init=False)

    def read(self) -> Reading:
        """Count everything now."""
        numbers = [name for name in os.listdir(self.proc) if name.isdecimal()]  # noqa: PTH208
        cpu_s, threads = 0.0, 0
        resident: dict[str, float] = {}
        for number in numbers:
            with contextlib.suppress(OSError):  # it has ended in between
                ticks, count, pages = _stat(self._text(f"{number}/stat"))
                cpu_s += ticks * TICK_S
                threads += count
                resident[number] = pages * PAGE
        self._spent += max(0.0, cpu_s - self._last)
        self._last = cpu_s
        unmapped = self._written() + self._sockets() * SOCKET
        memory = sum(resident.values())
        if memory + unmapped > self.limit_mib * MIB:
            memory = sum(self._own_memory(number, bytes_) for number, bytes_ in resident.items())
        return Reading(self._spent, (memory + unmapped) / MIB, threads - BUBBLEWRAP, self.files())

    def files(self) -> int:
        """Files and folders in the folder."""
        disk = os.fstatvfs(self.folder)
        return disk.f_files - disk.f_ffree

    def _written(self) -> int:
        disk = os.fstatvfs(self.folder)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize

    def _sockets(self) -> int:
        """Sockets of all processes, also those that are on their way from one to the other."""
        words = self._text("1/net/sockstat").split()
        return int(words[words.index("used") + 1])

    def close(self) -> None:
        """Let go of the descriptors."""
        os.close(self.proc)
        os.close(self.folder)

    def _text(self, name: str) -> str:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self.proc)
        with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
            return file.read()

    def _own_memory(self, number: str, resident: float) -> float:
        """Bytes of one process, what it shares divided by the number of sharers; files of the machine don't count."""
        try:
            lines = [line.split() for line in self._text(f"{number}/smaps_rollup").splitlines()]
        except PermissionError:  # it made itself unreadable: then all of it counts
            return resident
        except OSError:
            return 0.0
        kib = {words[0]: int(words[1]) for words in lines if words[0].startswith("Pss")}
        return (kib.get("Pss_Anon:", 0) + kib.get("Pss_Shmem:", 0)) * 1024


def _stat(text: str) -> tuple[int, int, int]:
    """Clock ticks (its own and those of children it waited for), threads and pages of a process: proc(5)."""
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])), int(fields[17]), int(fields[21])
