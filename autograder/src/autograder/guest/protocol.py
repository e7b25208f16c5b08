"""How the processes of one submission talk: framed messages, and orders from the test runner to the supervisor.

A frame is a header of two numbers, channel and length, then the bytes. Channel 0 is the supervisor's. Every worker
process has a channel of its own, so a message that a dead or hostile process left behind is never taken for another's.

Orders to the supervisor (`Fork`, `Kill`) and its notices (`Exited`) travel on channel 0, four numbers each: the
supervisor forwards the values of others and reads none.
"""

import os
import select
import socket
import struct
import time
from dataclasses import astuple, dataclass

from .typed import FormError, from_fields

__all__ = [
    "HEADER", "LENGTH", "ROOT", "Closed", "Exited", "Fork", "Kill", "Order", "Overdue",
    "pack_order", "read_exactly", "read_frame", "receive_message", "send_message", "unpack_order", "write_frame",
]  # fmt: skip

HEADER = struct.Struct("!II")
LENGTH = struct.Struct("!I")
ORDER = struct.Struct("!IIII")
ROOT = 1
"""Channel of the root worker."""
READ_BYTES = 1 << 20
"""Most bytes of one read: `os.read` allocates what it is asked for, whatever a frame's header announces."""


class Closed(Exception):  # noqa: N818
    """The other end has closed the stream."""


class Overdue(Exception):  # noqa: N818
    """Nothing came before the deadline."""


@dataclass(frozen=True)
class Fork:
    """Order to the supervisor: copy the worker of one channel; the copy gets another."""

    parent: int
    new: int


@dataclass(frozen=True)
class Kill:
    """Order to the supervisor: send SIGKILL to a worker."""

    channel: int


@dataclass(frozen=True)
class Exited:
    """Notice of the supervisor: a worker has ended."""

    channel: int
    status: int
    """As waitpid(2) gives it."""
    cpu_ms: int
    """Processor time that it used."""


Order = Fork | Kill | Exited
ORDERS: tuple[type[Order], ...] = (Fork, Kill, Exited)


def pack_order(order: Order) -> bytes:
    """An order or notice as bytes: its place in `ORDERS`, then its fields, filled up with zeros."""
    values = astuple(order)
    return ORDER.pack(ORDERS.index(type(order)), *values, *[0] * (3 - len(values)))


def unpack_order(data: bytes) -> Order:
    """The order or notice that some bytes are.

    Raises:
        FormError: they are none.
    """
    if len(data) != ORDER.size:
        raise FormError(f"an order of {len(data)} bytes")
    place, *values = ORDER.unpack(data)
    if place >= len(ORDERS):
        raise FormError(f"an order of kind {place}")
    size = len(ORDERS[place].__match_args__)
    if any(values[size:]):
        raise FormError("an order with more numbers than it has fields")
    order: Order = from_fields(ORDERS[place], values[:size])
    return order


def read_exactly(descriptor: int, size: int, deadline: float | None = None) -> bytes:
    """Read `size` bytes, in as many pieces as it takes.

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
            part = os.read(descriptor, min(size, READ_BYTES))
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def read_frame(descriptor: int, limit: int, deadline: float | None = None) -> tuple[int, bytes]:
    """Channel and bytes of the next message.

    Raises:
        Closed: the stream ended, or a header announces more than `limit` bytes.
        Overdue: the deadline passed before.
    """
    channel, size = HEADER.unpack(read_exactly(descriptor, HEADER.size, deadline))
    if size > limit:
        # Without reading the frame there is no telling where the next one starts.
        raise Closed
    return channel, read_exactly(descriptor, size, deadline)


def write_frame(descriptor: int, channel: int, data: bytes) -> None:
    """Send one message.

    Raises:
        Closed: the other end has closed the stream.
    """
    rest = memoryview(HEADER.pack(channel, len(data)) + data)
    # A pipe takes as much as it has room for, so one call may write a part only.
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except OSError as error:
            raise Closed from error


def receive_message(sock: socket.socket) -> tuple[bytes, list[int]]:
    """The next message on a worker's socket, and the descriptor that comes with it if it is the order to fork.

    Raises:
        Closed: the other end has closed the socket.
    """
    # The descriptor arrives with the first byte of its message, so it must be received with the header.
    header, descriptors, _, _ = socket.recv_fds(sock, LENGTH.size, 1)
    if not header:
        raise Closed
    header += read_exactly(sock.fileno(), LENGTH.size - len(header))
    return read_exactly(sock.fileno(), *LENGTH.unpack(header)), descriptors


def send_message(sock: socket.socket, data: bytes) -> None:
    """Send one message on a worker's socket, which has no channels: a length, then the bytes.

    Raises:
        Closed: the other end has closed the socket.
    """
    try:
        sock.sendall(LENGTH.pack(len(data)) + data)
    except OSError as error:
        raise Closed from error
