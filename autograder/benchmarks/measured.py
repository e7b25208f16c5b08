"""A command in a process group of its own, its time, and the memory of everything that it starts."""

import datetime
import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from autograder.sandbox import probe

__all__ = ["MIB", "Measured", "autograder", "machine", "memory", "run"]

MIB = 1 << 20
LOOK_S = 0.5
"""Seconds between two looks at the memory; a look takes some milliseconds of one core."""


@dataclass(frozen=True)
class Measured:
    """What one command took."""

    wall_s: float
    peak_mib: float
    status: int
    output: str


def run(
    command: Sequence[str],
    folder: Path,
    look: Callable[[int], None] = lambda _process: None,
    environment: Mapping[str, str] | None = None,
) -> Measured:
    """Run a command in `folder` to its end; `look` gets its process number now and then.

    `environment` comes on top of this process's.

    Raises:
        RuntimeError: it could not do its work.
    """
    log = folder.with_name(f"{folder.name}.log")
    with log.open("wb") as output:
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        peak = 0.0
        while True:
            try:
                status = process.wait(LOOK_S)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, memory(process.pid))
                look(process.pid)
        wall_s = time.monotonic() - started
    told = log.read_text(encoding="utf-8", errors="replace")
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with status {status}:\n{told[-2000:]}")
    return Measured(wall_s, peak, status, told)


def memory(process: int) -> float:
    """MiB of a process and all below it. Pages that several of them share count once (PSS)."""
    try:
        top = psutil.Process(process)
        everybody = [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(map(_memory, everybody)) / MIB


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:  # it made itself unreadable; then what it shares counts, too
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return 0


def autograder(*arguments: str) -> list[str]:
    """An `autograder` command of this environment."""
    return [sys.executable, "-m", "autograder", *arguments]


def machine() -> str:
    """Processor, load, versions, tier of the sandbox and date, in a few lines."""
    lines = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = lines[0].split(":")[1].strip() if lines else platform.processor()
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("nbgrader", "nbclient", "numpy"))
    tier, now = probe(), datetime.datetime.now(tz=datetime.UTC)
    return (
        f"{name}, {os.cpu_count()} cores, {psutil.virtual_memory().total / (1 << 30):.0f} GiB, "
        f"load {os.getloadavg()[0]:.1f} before this began\n"
        f"Python {platform.python_version()}, {versions}\n"
        f"sandbox: tier {tier.name}, {tier.sentence}\n"
        f"{now:%Y-%m-%d %H:%M} UTC"
    )
