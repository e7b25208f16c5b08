"""Messages on a stream: a header of two numbers, the channel and the length, then the bytes.

Channel 0 is the warden's; every worker process has one of its own, so a message that a dead or hostile process
left behind is never taken for another's.
"""

import os
import select
import struct
import time

__all__ = ["HEADER", "Closed", "Overdue", "read_exactly", "read_frame", "write_frame"]

HEADER = struct.Struct("!II")


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
