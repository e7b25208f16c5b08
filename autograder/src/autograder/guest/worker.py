"""A worker process: one state of the student's notebook, which can be forked, run one cell, or serve calls.

Messages to it and from it are lists, packed by the `codec`:

    limit cpu_s memory_mib       (no answer)
    run source output_kib        -> ran outputs
    reads sources                -> read [names or None]
    values names                 -> values {name: value}
    call target args kwargs      -> returned value changed printed | raised type text printed
    attribute object name        -> the same, or `timed_out` if its time is over

`target` is a name in the student's notebook or a Reference to an object that a call returned. `changed` is None, or
the arguments as they were after the call if it altered them. While a call runs, the worker may ask back,
`callback function args kwargs`, and gets `callback_returned value` or `callback_raised type text`.
"""

import contextlib
import io
import os
import resource
import signal
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from .codec import Codec, Reference, WireError
from .error_text import name_and_text, sendable
from .protocol import LENGTH, Closed, read_exactly

__all__ = ["run_first_worker"]

MAX_PRINTED = 4000
ADOPTION_POLL_S = 0.0002
"""Between two looks whether a copy is an orphan already."""


class TimeLimit(BaseException):
    """The cell's or test's processor time is used up; not an Exception, so that `except Exception` lets it pass."""


def run_first_worker(channel: socket.socket, modules: list[str]) -> NoReturn:
    """The life of the first worker: import ahead, then wait to be forked."""
    try:
        _detach_standard_streams()
        _start_session()
        from .session import Session

        session = Session(modules)
        _serve(channel, session)
    finally:
        os._exit(0)


def _detach_standard_streams() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def _start_session() -> None:
    with contextlib.suppress(OSError):
        os.setsid()


def _serve(sock: socket.socket, session: Any) -> None:
    """Answer until the supervisor hangs up. A fork leaves this loop in the parent and begins it anew in the child."""
    while True:
        _send(sock, LENGTH.pack(os.getpid()))
        child = _serve_until_forked(sock, session)
        if child is None:
            return
        sock.close()
        sock = child


def _serve_until_forked(sock: socket.socket, session: Any) -> socket.socket | None:
    """In the parent: serve for ever, then None. In a child: its own socket."""
    handler = CallHandler(sock)
    while True:
        try:
            header, descriptors = _receive(sock)
            if descriptors:
                child = _fork(descriptors[0])
                if child is not None:
                    return child
                continue
            handler.handle(header, session)
        except Closed:
            return None


def _receive(sock: socket.socket) -> tuple[bytes, list[int]]:
    """One message, or the descriptor that comes with the order to fork."""
    header, descriptors, _, _ = socket.recv_fds(sock, LENGTH.size, 1)
    if not header:
        raise Closed
    header += read_exactly(sock.fileno(), LENGTH.size - len(header))
    return read_exactly(sock.fileno(), *LENGTH.unpack(header)), descriptors


def _send(sock: socket.socket, data: bytes) -> None:
    try:
        sock.sendall(LENGTH.pack(len(data)) + data)
    except OSError as error:
        raise Closed from error


def _fork(descriptor: int) -> socket.socket | None:
    """Twice, so that the copy is nobody's child and the supervisor's to reap; returns its socket there, None here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about threads: NumPy's are idle, the student's are the student's
        try:
            between = os.fork()
        except OSError:  # no more processes: the copy is never heard of
            os.close(descriptor)
            return None
        if between == 0:
            parent = os.getpid()
            try:
                copy = os.fork()
            except OSError:
                os._exit(1)
            if copy:
                os._exit(0)
            while os.getppid() == parent:  # until then it is not the supervisor's
                time.sleep(ADOPTION_POLL_S)
            return socket.socket(fileno=descriptor)
    os.close(descriptor)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(between, 0)
    return None


def limit(cpu_s: int, memory_mib: int) -> None:
    """Bound this process: first a `TimeLimit` in its main thread, a second later SIGKILL, which nobody can catch."""
    signal.signal(signal.SIGXCPU, _raise_time_limit)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib << 20, memory_mib << 20))


def _raise_time_limit(*_: object) -> None:
    raise TimeLimit("the time for this cell is used up")


class CallHandler:
    """What one worker holds for the test runner, and the conversation with it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._objects: list[Any] = []
        self._codec = Codec(self._refer, self._resolve)
        self._callback_lock = threading.Lock()

    def handle(self, data: bytes, session: Any) -> None:
        """Do what one message asks for and say what came of it."""
        what, *details = self._codec.unpack(data)
        if what == "limit":
            limit(*details)
        elif what == "run":
            try:
                outputs = session.run(*details)
            except TimeLimit:  # in IPython's own code, on the way into or out of the cell
                self._exit_timed_out()
            self._reply(["ran", outputs])
        elif what == "reads":
            self._reply(["read", [session.reads(source) for source in details[0]]])
        elif what == "call":
            self._call(session.names, *details)
        elif what == "values":
            self._reply(["values", self._values(session.names, details[0])])
        elif what == "attribute":
            self._reply_with_result(lambda: getattr(*details), ())

    def _values(self, names: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
        found = {}
        for name in wanted:
            if name in names:
                with contextlib.suppress(WireError):
                    self._codec.pack(names[name])
                    found[name] = names[name]
        return found

    def _call(self, names: dict[str, Any], target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if isinstance(target, str) and target not in names:
            self._reply(["raised", "NameError", f"name '{target}' is not defined", ""])
            return
        function = names[target] if isinstance(target, str) else target
        self._reply_with_result(lambda: function(*args, **kwargs), (args, kwargs))

    def _reply_with_result(self, action: Any, arguments: Any) -> None:
        before = self._codec.pack(arguments)
        printed = _CappedText()
        with _captured(printed):
            try:
                result = action()
            except TimeLimit:
                self._exit_timed_out()
            except BaseException as error:
                self._reply(["raised", *name_and_text(error), printed.text])
                return
        try:
            changed = None if self._codec.pack(arguments) == before else arguments
            answer = self._codec.pack(["returned", result, changed, printed.text])
        except WireError as error:
            self._reply(["raised", "TypeError", f"what it returned cannot be examined: {error}", ""])
        except Exception as error:  # an object that pretends to be another one
            self._reply(["raised", "TypeError", f"what it returned cannot be examined ({type(error).__name__})", ""])
        else:
            _send(self._sock, answer)

    def _exit_timed_out(self) -> NoReturn:
        self._reply(["timed_out"])
        os._exit(0)

    def _reply(self, message: list[Any]) -> None:
        _send(self._sock, self._codec.pack(message))

    def _refer(self, value: Any) -> Reference:
        for number, known in enumerate(self._objects):
            if known is value:
                return Reference(number, type(value).__name__)
        self._objects.append(value)
        return Reference(len(self._objects) - 1, type(value).__name__)

    def _resolve(self, reference: Reference) -> Any:
        """A non-negative number is an object of ours, a negative one a function of the test's."""
        if reference.number >= 0:
            return self._objects[reference.number]
        callback = _Callback(self, reference)
        self._objects.append(callback)
        return callback

    def call_back(self, reference: Reference, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Have the test runner call a function that a test handed over."""
        with self._callback_lock:  # a student's code may call it from several threads
            self._reply(["callback", reference.number, args, kwargs])
            data, _ = _receive(self._sock)
        what, *details = self._codec.unpack(data)
        if what == "callback_returned":
            return details[0]
        raise RuntimeError(f"{details[0]}: {details[1]}")


class _Callback:
    """A function that a test handed over, as the student's code sees it."""

    def __init__(self, handler: CallHandler, reference: Reference) -> None:
        self._call_back = handler.call_back
        self._reference = reference
        self.__name__ = reference.name or "f"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call_back(self._reference, args, kwargs)


class _CappedText(io.TextIOBase):
    """What is printed during a call: the beginning of it, however much there is."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """Keep it as far as there is room."""
        if len(self.text) < MAX_PRINTED:
            self.text += sendable(str(text)[: MAX_PRINTED - len(self.text)])
        return len(text)


@contextlib.contextmanager
def _captured(printed: _CappedText) -> Iterator[None]:
    import numpy as np

    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(_CappedText()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield
