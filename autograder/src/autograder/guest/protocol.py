"""How the processes of one submission talk: framed messages, and orders from the test runner to the supervisor.

A frame is a header of two numbers, channel and length, then the bytes. Channel 0 is the supervisor's; every worker
process has a channel of its own, so a message that a dead or hostile process left behind is never taken for another's.

Orders and notices travel on channel 0, as two numbers and a word (`ORDER`):

    FORK parent new     KILL channel 0     to the supervisor
    EXITED channel status                    from it, followed by milliseconds of processor time (`LENGTH`)
"""

import os
import select
import struct
import time

__all__ = [
    "EXITED", "FORK", "HEADER", "KILL", "LENGTH", "ORDER", "ROOT",
    "Closed", "Overdue", "read_exactly", "read_frame", "write_frame",
]  # fmt: skip

HEADER = struct.Struct("!II")
LENGTH = struct.Struct("!I")
ORDER = struct.Struct("!III")
FORK, KILL, EXITED = range(1, 4)
ROOT = 1
"""Channel of the first worker."""


class Closed(Exception):  # noqa: N818
    """The other end is gone."""


class Overdue(Exception):  # noqa: N818
    """Nothing came in time."""


def read_exactly(descriptor: int, size: int, deadline: float | None = None) -> bytes:
    """`size` bytes, however many reads it takes.

    Args:
        descriptor: what to read from.
        size: number of bytes.
        deadline: on the clock of `time.monotonic`; None waits for ever.

    Raises:
        Closed: the stream ended before.
        Overdue: the deadline passed before.
    """
    parts: list[bytes] = []
    while size:
        if deadline is not None and not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise Overdue
        try:
            part = os.read(descriptor, min(size, 1 << 20))
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def read_frame(descriptor: int, limit: int, deadline: float | None = None) -> tuple[int, bytes]:
    """The next message and its channel.

    Raises:
        Closed: the stream ended, or announces more than `limit` bytes, after which nothing on it can be trusted.
        Overdue: the deadline passed before.
    """
    channel, size = HEADER.unpack(read_exactly(descriptor, HEADER.size, deadline))
    if size > limit:
        raise Closed
    return channel, read_exactly(descriptor, size, deadline)


def write_frame(descriptor: int, channel: int, data: bytes) -> None:
    """Send one message.

    Raises:
        Closed: the other end is gone.
    """
    rest = memoryview(HEADER.pack(channel, len(data)) + data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except OSError as error:
            raise Closed from error
