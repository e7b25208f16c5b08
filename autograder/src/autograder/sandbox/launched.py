"""What every tier gives a Box: a process with pipes, and ways to measure it, stop it and clean up after it."""

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
    """A process, and our ends of the pipes to its standard streams."""

    process: subprocess.Popen[bytes]
    stdin: int
    stdout: int
    stderr: int


class Launched(Protocol):
    """A program in a sandbox of some tier."""

    pipes: Pipes

    def measure(self) -> Reading | None:
        """What it uses; None if the tier cannot tell, or not yet."""

    def stop(self) -> None:
        """Kill all its processes, without waiting for their end."""

    def exit_status(self) -> int | None:
        """Exit status of the program, once `pipes.process` has ended; None if the program never started."""

    def out_of_memory(self) -> bool:
        """Whether the kernel has killed one of its processes for lack of memory."""

    def release(self) -> None:
        """Release what the sandbox holds on the machine; none of its processes runs any more."""


def spawn(
    command: Sequence[str],
    pass_fds: Sequence[int],
    environment: Mapping[str, str],
    folder: str = "/",
    own_session: bool = False,
) -> Pipes:
    """Start a command with pipes on its three standard streams, as a child of the keeper's thread.

    Args:
        command: the program and its arguments.
        pass_fds: further descriptors that it inherits, under the same numbers.
        environment: its whole environment.
        folder: its working folder.
        own_session: whether it leads a session of its own.
    """
    child_in, our_in, our_out, child_out, our_err, child_err = _three_pipes()
    # Pipes of our own instead of subprocess.PIPE: these descriptors are handed on to other processes.
    try:
        process = keeper().call(
            lambda: subprocess.Popen(  # noqa: S603 - the sandbox's own command
                command,
                stdin=child_in,
                stdout=child_out,
                stderr=child_err,
                pass_fds=pass_fds,
                env=environment,
                cwd=folder,
                start_new_session=own_session,
            )
        )
    except BaseException:
        for end in (our_in, our_out, our_err):
            os.close(end)
        raise
    finally:
        for end in (child_in, child_out, child_err):
            os.close(end)
    # The box reads standard error now and then, as far as there is something.
    os.set_blocking(our_err, False)
    return Pipes(process, our_in, our_out, our_err)


def _three_pipes() -> tuple[int, int, int, int, int, int]:
    return (*os.pipe(), *os.pipe(), *os.pipe())
