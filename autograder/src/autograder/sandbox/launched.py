"""What every tier gives a Box: a process with pipes, and how to measure, stop, judge and release it."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from autograder.sandbox.keeper import keeper
from autograder.sandbox.processes import Reading

__all__ = ["Launched", "Pipes", "spawn"]


@dataclass(frozen=True)
class Pipes:
    """A process, and the near ends of the pipes to it."""

    process: subprocess.Popen[bytes]
    stdin: int
    stdout: int
    stderr: int


class Launched(Protocol):
    """A program in its sandbox, of whatever tier."""

    pipes: Pipes

    def measure(self) -> Reading | None:
        """Use so far; None if it cannot be told at the moment."""

    def stop(self) -> None:
        """Kill every process of it, without waiting."""

    def exit_status(self) -> int | None:
        """Status with which the program ended, once `pipes.process` has ended; None if it never started."""

    def out_of_memory(self) -> bool:
        """Whether the kernel has killed something in it for want of memory."""

    def release(self) -> None:
        """Give back what the sandbox held on the machine; nothing of it runs any more."""


def spawn(
    command: Sequence[str],
    pass_fds: Sequence[int],
    environment: Mapping[str, str],
    folder: str = "/",
    own_session: bool = False,
) -> Pipes:
    """Start a command with pipes on its three standard streams, as a child of the keeper's thread."""
    near_in, far_in, far_out, near_out, far_err, near_err = _three_pipes()
    try:
        process = keeper().call(
            lambda: subprocess.Popen(  # noqa: S603 - the sandbox's own command
                command,
                stdin=near_in,
                stdout=near_out,
                stderr=near_err,
                pass_fds=pass_fds,
                env=environment,
                cwd=folder,
                start_new_session=own_session,
            )
        )
    except BaseException:
        for end in (far_in, far_out, far_err):
            os.close(end)
        raise
    finally:
        for end in (near_in, near_out, near_err):
            os.close(end)
    os.set_blocking(far_err, False)
    return Pipes(process, far_in, far_out, far_err)


def _three_pipes() -> tuple[int, int, int, int, int, int]:
    return (*os.pipe(), *os.pipe(), *os.pipe())
