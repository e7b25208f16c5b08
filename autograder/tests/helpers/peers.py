"""Other ends of the pipes for tests of one end: nothing is forked, and all that will be said is written in advance."""

import fcntl
import os
from typing import Any

from autograder.guest.codec import MAX_FRAME, Codec
from autograder.guest.link import Link
from autograder.guest.messages import Message
from autograder.guest.protocol import Closed, Order, pack_order, read_frame, unpack_order, write_frame

CODEC = Codec()
PIPE_BYTES = 1 << 20
"""Room in a pipe, so that nobody has to read while a test writes."""


class PreparedSandbox:
    """A student's sandbox of which all messages are known: what it says is in the pipe before it is asked."""

    def __init__(self) -> None:
        self._orders, to_supervisor = os.pipe()
        from_supervisor, self._notices = os.pipe()
        for descriptor in (to_supervisor, self._notices):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._open = {self._orders, to_supervisor, from_supervisor, self._notices}
        self.link = Link(to_supervisor, from_supervisor)

    def starts(self, channel: int) -> None:
        """A worker's first message, as the supervisor passes it on."""
        write_frame(self._notices, channel, b"")

    def says(self, channel: int, value: Any) -> None:
        """A message of a worker's, or any other value."""
        value = value.to_list() if isinstance(value, Message) else value
        write_frame(self._notices, channel, CODEC.pack(value))

    def sends(self, channel: int, data: bytes) -> None:
        """Bytes that need not be a message."""
        write_frame(self._notices, channel, data)

    def notes(self, notice: Order) -> None:
        """A notice of the supervisor's."""
        write_frame(self._notices, 0, pack_order(notice))

    def hangs_up(self) -> None:
        """The end of the sandbox: what it has said before is still to be read."""
        self._close(self._notices)

    def heard(self) -> list[tuple[int, Any]]:
        """What it was sent so far: channel, and an order or the message as a list. Nothing can be sent after that."""
        self._close(self.link.to_supervisor)
        heard: list[tuple[int, Any]] = []
        while True:
            try:
                channel, data = read_frame(self._orders, MAX_FRAME)
            except Closed:
                return heard
            heard.append((channel, CODEC.unpack(data) if channel else unpack_order(data)))

    def close(self) -> None:
        """Close all pipes."""
        for descriptor in list(self._open):
            self._close(descriptor)

    def _close(self, descriptor: int) -> None:
        if descriptor in self._open:
            self._open.remove(descriptor)
            os.close(descriptor)
