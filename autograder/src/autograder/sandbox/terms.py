"""The vocabulary of the sandbox: what a program sees, what it may use, how it ended, and whose fault that was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from autograder.errors import EngineError

__all__ = ["Ending", "Mounts", "Quota", "Reason", "SandboxFailure", "Tier", "TierName", "Usage"]

TierName = Literal["A", "B", "C", "trusted", "none"]
Reason = Literal["exited", "killed", "memory", "cpu", "wall", "processes", "files"]


class SandboxFailure(EngineError):  # noqa: N818 - one of the verdicts
    """The sandbox itself failed: grade again. Never the fault of the program in it, never a reason for points."""


@dataclass(frozen=True, kw_only=True)
class Mounts:
    """What a program in the sandbox can see: files, folders and environment variables, and nothing else.

    Attributes:
        folder: its working folder, the only place where it can write; it contains HOME, TMPDIR and /dev/shm.
        read_only: pairs (outside, inside) of files and folders that it can read, bound in this order.
        hidden: paths inside that are masked after that: a folder becomes empty, a file unreadable.
        shown_again: pairs (outside, inside) bound over the masks, for an allow-list within a hidden folder.
        environment: its whole environment; nothing is inherited. HOME and TMPDIR are added if they are missing.
    """

    folder: Path
    read_only: tuple[tuple[Path, Path], ...] = ()
    hidden: tuple[Path, ...] = ()
    shown_again: tuple[tuple[Path, Path], ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What all the processes of one sandbox may use together.

    Attributes:
        memory_mib: memory, with files in `folder`; a single process gets a MemoryError before it has that much.
        processes: processes and threads at the same time.
        cpu_s: processor time of all of them.
        wall_s: time from the start, or from `Box.restart_clock`.
        disk_mib: what is written in `folder`.
        files: files and folders in `folder`.
        file_mib: size of a single file.
        open_files: descriptors of a single process.
    """

    memory_mib: int = 1024
    processes: int = 64
    cpu_s: float = 60.0
    wall_s: float = 180.0
    disk_mib: int = 64
    files: int = 10_000
    file_mib: int = 64
    open_files: int = 256


@dataclass(frozen=True)
class Usage:
    """What all the processes of one sandbox have used together: time so far, and the peaks of the other two."""

    cpu_s: float = 0.0
    wall_s: float = 0.0
    memory_mib: float = 0.0
    processes: int = 0


@dataclass(frozen=True)
class Ending:
    """Why a sandbox ended: by itself ("exited"), by `Box.kill` ("killed"), or by the quota that it ran into.

    Attributes:
        reason: "exited", "killed", or the part of the quota that ran out.
        status: exit status of the program if it exited; 128 + n after signal n.
    """

    reason: Reason
    status: int | None = None


@dataclass(frozen=True)
class Tier:
    """How well a program can be confined on this machine.

    Attributes:
        name: "A", "B", "C", "trusted" or "none".
        sentence: what confines it, or why nothing does.
        better: what to do for a better tier; empty if this is the best.
    """

    name: TierName
    sentence: str
    better: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.sentence})"
