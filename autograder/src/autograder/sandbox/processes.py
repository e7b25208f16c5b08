"""Accounting for tier B: what the processes of a sandbox use, read from the sandbox's own /proc."""

import contextlib
import os
from dataclasses import dataclass, field

__all__ = ["BUBBLEWRAP", "MIB", "Reading", "Watch"]

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
MIB = 1 << 20
SOCKET = 1 << 18
"""Bytes that are charged for each socket, whose buffers belong to no process: net.core.wmem_default is 208 KiB."""
BUBBLEWRAP = 1
"""Processes in a sandbox besides the program's: bubblewrap's own, which reaps orphans."""


@dataclass(frozen=True)
class Reading:
    """Use at one moment: processor time since the start, memory, processes and files now."""

    cpu_s: float
    memory_mib: float
    processes: int
    files: int = 0


@dataclass
class Watch:
    """The processes of one PID namespace and the files that they wrote.

    The processor time of a process that has ended is added to that of its parent when the parent waits for it, and lost
    if the parent never does. So increases are summed up here, and a total that has dropped loses nothing that was seen.

    Attributes:
        proc: descriptor of the sandbox's /proc.
        folder: descriptor of the sandbox's writable folder.
        limit_mib: memory up to which resident sizes are simply added. Only above it is memory that processes share
            counted once, which takes longer to find out.
    """

    proc: int
    folder: int
    limit_mib: float
    _spent: float = field(default=0.0, init=False)
    _previous: float = field(default=0.0, init=False)

    def read(self) -> Reading:
        """Measure everything now."""
        pids = [name for name in os.listdir(self.proc) if name.isdecimal()]  # noqa: PTH208
        cpu_s, threads = 0.0, 0
        resident: dict[str, float] = {}
        for pid in pids:
            with contextlib.suppress(OSError):  # it has ended since the folder was listed
                ticks, count, pages = _stat(self._text(f"{pid}/stat"))
                cpu_s += ticks * TICK_S
                threads += count
                resident[pid] = pages * PAGE
        self._spent += max(0.0, cpu_s - self._previous)
        self._previous = cpu_s
        # Files of a tmpfs and buffers of sockets are memory that no process's resident size contains.
        unmapped = self._written() + self._sockets() * SOCKET
        memory = sum(resident.values())
        if memory + unmapped > self.limit_mib * MIB:
            memory = sum(self._own_memory(pid, size) for pid, size in resident.items())
        return Reading(self._spent, (memory + unmapped) / MIB, threads - BUBBLEWRAP, self.files())

    def files(self) -> int:
        """Number of files and folders in the writable folder."""
        disk = os.fstatvfs(self.folder)
        return disk.f_files - disk.f_ffree

    def _written(self) -> int:
        """Bytes of the files in the writable folder."""
        disk = os.fstatvfs(self.folder)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize

    def _sockets(self) -> int:
        """Number of sockets of all processes, with those in transit in messages between them."""
        words = self._text("1/net/sockstat").split()
        return int(words[words.index("used") + 1])

    def close(self) -> None:
        """Close the descriptors."""
        os.close(self.proc)
        os.close(self.folder)

    def _text(self, name: str) -> str:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self.proc)
        with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
            return file.read()

    def _own_memory(self, pid: str, resident: float) -> float:
        """Bytes of one process, shared pages divided by the number of sharers. Mapped files of the machine are free."""
        try:
            lines = [line.split() for line in self._text(f"{pid}/smaps_rollup").splitlines()]
        except PermissionError:  # it made itself unreadable (prctl PR_SET_DUMPABLE), so all of it counts
            return resident
        except OSError:
            return 0.0
        kib = {words[0]: int(words[1]) for words in lines if words[0].startswith("Pss")}
        return (kib.get("Pss_Anon:", 0) + kib.get("Pss_Shmem:", 0)) * 1024


def _stat(text: str) -> tuple[int, int, int]:
    """Clock ticks (its own and those of children it waited for), threads and pages of a process: proc(5)."""
    # The second field is the program's name in brackets, which may contain blanks and brackets. The rest starts with
    # field 3, so index 11 is field 14: utime, stime, cutime, cstime; 17 is num_threads, 21 rss.
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])), int(fields[17]), int(fields[21])
