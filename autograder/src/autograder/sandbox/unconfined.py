"""The tier "trusted": a process with limits and no sandbox around it, for students one trusts."""

import contextlib
import math
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox.launched import spawn
from autograder.sandbox.processes import Reading
from autograder.sandbox.terms import Mounts, Quota

__all__ = ["Unconfined"]

LIMITS = "ulimit -c 0; ulimit -t {cpu_s}; ulimit -f {blocks}; ulimit -n {files}; ulimit -d {kib} 2>/dev/null"
"""For POSIX's shell, with which it works on macOS too; there, memory cannot be limited."""


class Unconfined:
    """A program in a temporary folder and a session of its own.

    Nothing is bound: paths are the machine's. What is bound below the working folder is copied to the same place below
    the temporary one, and the environment's values that start with the working folder get the temporary one's name.
    """

    def __init__(self, program: Sequence[str], mounts: Mounts, quota: Quota, pass_fds: Sequence[int]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
        (self._folder / ".tmp").mkdir()
        for outside, inside in (*mounts.read_only, *mounts.shown_again):
            if inside.is_relative_to(mounts.folder):
                _copy(outside, self._folder / inside.relative_to(mounts.folder))
        limits = LIMITS.format(
            cpu_s=math.ceil(quota.cpu_s),
            blocks=quota.file_mib * 2048,
            files=quota.open_files,
            kib=quota.memory_mib * 1024,
        )
        home = {"HOME": str(mounts.folder), "TMPDIR": str(mounts.folder / ".tmp")} | dict(mounts.environment)
        environment = {name: self._here(value, mounts.folder) for name, value in home.items()}
        shell = ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh"]
        self.pipes = spawn([*shell, *program], pass_fds, environment, str(self._folder), own_session=True)

    def _here(self, value: str, folder: Path) -> str:
        return value.replace(str(folder), str(self._folder), 1) if value.startswith(str(folder)) else value

    def measure(self) -> Reading | None:
        """Nothing: each process has its own limits."""
        return None

    def stop(self) -> None:
        """Kill the session, as far as it is still one."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pipes.process.pid, signal.SIGKILL)

    def exit_status(self) -> int | None:
        """The process's own status."""
        status = self.pipes.process.returncode
        return 128 - status if status < 0 else status

    def out_of_memory(self) -> bool:
        """Nobody would know."""
        return False

    def release(self) -> None:
        """Remove the folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _copy(outside: Path, here: Path) -> None:
    here.parent.mkdir(parents=True, exist_ok=True)
    if outside.is_dir():
        shutil.copytree(outside, here, dirs_exist_ok=True)
    else:
        shutil.copy(outside, here)
