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
"""Commands for a POSIX shell, because macOS has one too; memory cannot be limited there."""


class Unconfined:
    """A program in a temporary folder and a session of its own, which sees the whole machine.

    Nothing is mounted, so the temporary folder takes the place of `mounts.folder`: what would be bound below that one
    is copied into it, and environment variables that begin with its path get the temporary one.
    """

    def __init__(self, program: Sequence[str], mounts: Mounts, quota: Quota, pass_fds: Sequence[int]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
        (self._folder / ".tmp").mkdir()
        for outside, inside in (*mounts.read_only, *mounts.shown_again):
            if inside.is_relative_to(mounts.folder):
                _copy(outside, self._folder / inside.relative_to(mounts.folder))
        limits = LIMITS.format(
            cpu_s=math.ceil(quota.cpu_s),
            blocks=quota.file_mib * 2048,  # of 512 bytes, POSIX's unit
            files=quota.open_files,
            kib=quota.memory_mib * 1024,
        )
        home = {"HOME": str(mounts.folder), "TMPDIR": str(mounts.folder / ".tmp")} | dict(mounts.environment)
        environment = {name: self._here(value, mounts.folder) for name, value in home.items()}
        # The shell limits itself and then becomes the program, so the limits hold for it and for its children.
        shell = ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh"]
        self.pipes = spawn([*shell, *program], pass_fds, environment, str(self._folder), own_session=True)

    def _here(self, value: str, folder: Path) -> str:
        """A value with the temporary folder in place of `folder` at its beginning."""
        return value.replace(str(folder), str(self._folder), 1) if value.startswith(str(folder)) else value

    def measure(self) -> Reading | None:
        """None: limits are each process's own, and nothing is added up."""
        return None

    def stop(self) -> None:
        """Kill the process group. Processes that have left it stay."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pipes.process.pid, signal.SIGKILL)

    def exit_status(self) -> int | None:
        """Exit status of the program; 128 + n after signal n."""
        status = self.pipes.process.returncode
        return 128 - status if status < 0 else status

    def out_of_memory(self) -> bool:
        """False: without a control group, it cannot be told."""
        return False

    def release(self) -> None:
        """Kill what is left of the process group and remove the folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)
