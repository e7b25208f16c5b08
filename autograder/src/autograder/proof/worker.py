"""The student's side of one test: a fork of this process, which answers as a worker in the sandbox does.

Values go to it and come back through the same codec and the same requests as in grading, so nothing can pass here that
could not cross the wire there. It is no sandbox: the answers are the course's own.
"""

import contextlib
import os
import resource
import signal
import socket
from dataclasses import dataclass
from typing import TypeVar

from autograder.guest.codec import Codec
from autograder.guest.link import Budget, WorkerDied
from autograder.guest.messages import Message, message_from
from autograder.guest.names import Namespace
from autograder.guest.protocol import Closed, receive_message, send_message
from autograder.guest.requests import RequestHandler

__all__ = ["ForkedWorker"]


M = TypeVar("M", bound=Message)


@dataclass
class _Session:
    """What a request handler wants to know of a notebook."""

    names: Namespace


class ForkedWorker:
    """A fork of this process that serves the calls of one test; for `Conversation`, both snapshot and worker.

    Args:
        names: the globals of the student's cells as they are now.
    """

    def __init__(self, names: Namespace) -> None:
        self._socket, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            self._socket.close()
            _serve(theirs, names)
        theirs.close()

    def fork(self) -> "ForkedWorker":
        """Itself: the fork has been made, where a worker of the sandbox makes it at the first call."""
        return self

    def set_limits(self, budget: Budget, codec: Codec) -> None:
        """Nothing to do: a fork inherits the limits of its parent, and its clock starts anew."""

    def extend_deadline(self, seconds: float) -> None:
        """Nothing to do: the deadline is that of the whole trial."""

    def send(self, message: Message, codec: Codec) -> None:
        """Send a request; that the worker has died is for `receive` to tell."""
        with contextlib.suppress(Closed):
            send_message(self._socket, codec.pack(message.to_list()))

    def receive(self, codec: Codec, *kinds: type[M]) -> M:
        """The reply, a message of one of some kinds.

        Raises:
            WorkerDied: the worker has ended.
            FormError: it has sent something else, which no answer of the course's own makes it do.
        """
        try:
            return message_from(codec.unpack(receive_message(self._socket)[0]), *kinds)
        except Closed:
            raise self._death() from None

    def kill(self) -> None:
        """End the worker, if it has not ended by itself."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
        self._socket.close()

    def _death(self) -> WorkerDied:
        """Why the worker has ended, in the words of `guest.link`."""
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        self._pid = 0
        # Both signals come from RLIMIT_CPU; nobody else kills a worker that is asked something.
        if -code in (signal.SIGXCPU, signal.SIGKILL):
            return WorkerDied(f"longer than {resource.getrlimit(resource.RLIMIT_CPU)[0]} s", timed_out=True)
        if code < 0:
            return WorkerDied(f"its process was ended by {signal.Signals(-code).name}")
        return WorkerDied("its process ended itself")


def _serve(sock: socket.socket, names: Namespace) -> None:
    """Serve requests until the other end closes, then end the process."""
    handler = RequestHandler(sock)
    try:
        while True:
            handler.handle(receive_message(sock)[0], _Session(names))
    finally:
        # Whatever the reason, this copy must not go on with its parent's work.
        os._exit(0)
