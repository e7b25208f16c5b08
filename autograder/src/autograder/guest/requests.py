"""The requests that a worker answers: run a cell, look up values, call a function, get an attribute.

`messages` has them, and the replies. What cannot be carried out because of the student's code is a reply; what cannot
be carried out because the request is none is an error of this program, which the worker reports as a `Fault`.
"""

import contextlib
import io
import os
import resource
import signal
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

from .codec import Codec, Reference, WireError
from .error_text import name_and_text, sendable
from .messages import (
    Callback,
    CallbackRaised,
    CallbackReturned,
    CallFunction,
    CellRan,
    Fault,
    GetAttribute,
    GetValues,
    Message,
    NamesRead,
    Raised,
    ReadNames,
    Returned,
    RunCell,
    SetLimits,
    TimedOut,
    Values,
    message_from,
)
from .names import Namespace
from .protocol import Closed, receive_message, send_message

__all__ = ["RequestHandler"]

REQUESTS: tuple[type[Message], ...] = (SetLimits, RunCell, ReadNames, GetValues, CallFunction, GetAttribute)
MAX_FAULT = 20_000
"""Characters sent of a traceback, from its end."""
MAX_PRINTED = 4000
"""Characters kept of what one call prints."""


class TimeLimit(BaseException):
    """The processor time of the cell or test is used up. Not an Exception, so that `except Exception` lets it pass."""


def set_limits(cpu_s: int, memory_mib: int) -> None:
    """Limit this process: SIGXCPU raises `TimeLimit` in the main thread; one second later comes SIGKILL."""
    signal.signal(signal.SIGXCPU, _raise_time_limit)
    # The hard limit is what student code, which may catch or ignore the signal, cannot get around.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib << 20, memory_mib << 20))


def _raise_time_limit(*_: object) -> None:
    raise TimeLimit("the time for this cell is used up")


class RequestHandler:
    """Carries out the test runner's requests in one worker, and keeps the objects that it was given references to."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._objects: list[Any] = []
        self._codec = Codec(self._refer, self._resolve)
        self._callback_lock = threading.Lock()

    def handle(self, data: bytes, session: Any) -> None:
        """Carry out one request and reply."""
        match message_from(self._codec.unpack(data), *REQUESTS):
            case SetLimits(cpu_s, memory_mib):
                set_limits(cpu_s, memory_mib)
            case RunCell(source, output_kib):
                try:
                    outputs = session.run(source, output_kib)
                except TimeLimit:
                    # `run` turns errors of the cell into outputs; this one hit IPython's own code around the cell.
                    self._exit_timed_out()
                self._reply(CellRan(outputs))
            case ReadNames(sources):
                self._reply(NamesRead([session.reads(source) for source in sources]))
            case GetValues(names):
                self._reply(Values(self._values(session.names, names)))
            case CallFunction(target, args, kwargs):
                self._call(session.names, target, args, kwargs)
            case GetAttribute(target, name):
                self._reply_with_result(lambda: getattr(target, name), ())

    def _values(self, names: Namespace, wanted: list[str]) -> Namespace:
        """The values of those names that are bound to something that can be sent."""
        values = {}
        for name in wanted:
            if name in names:
                # Packed once here to find out; the reply packs it again.
                with contextlib.suppress(WireError):
                    self._codec.pack(names[name])
                    values[name] = names[name]
        return values

    def _call(self, names: Namespace, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if isinstance(target, str) and target not in names:
            self._reply(Raised("NameError", f"name '{target}' is not defined", ""))
            return
        function = names[target] if isinstance(target, str) else target
        self._reply_with_result(lambda: function(*args, **kwargs), (args, kwargs))

    def _reply_with_result(self, action: Callable[[], Any], arguments: Any) -> None:
        """Reply with what an action returns or raises, what it printed, and its arguments if it altered them."""
        before = self._codec.pack(arguments)
        printed = _CappedText()
        with _captured(printed):
            try:
                result = action()
            except TimeLimit:
                self._exit_timed_out()
            except BaseException as error:
                self._reply(Raised(*name_and_text(error), printed.text))
                return
        try:
            # Packed bytes, not values, are compared: they differ for -0.0 and 0.0, and are the same for the same NaN.
            changed = None if self._codec.pack(arguments) == before else arguments
            reply = self._codec.pack(Returned(result, changed, printed.text).to_list())
        except WireError as error:
            self._reply(Raised("TypeError", f"its result cannot be sent to a test: {error}", ""))
        except Exception as error:  # from a class that only pretends to be a type that can be sent
            self._reply(Raised("TypeError", f"its result cannot be sent to a test ({type(error).__name__})", ""))
        else:
            send_message(self._sock, reply)

    def _exit_timed_out(self) -> NoReturn:
        self._reply(TimedOut())
        os._exit(0)

    def report_fault(self, text: str) -> None:
        """Tell the test runner of an error of this program itself, for the grader's log."""
        with contextlib.suppress(Closed):
            self._reply(Fault(sendable(text[-MAX_FAULT:])))

    def _reply(self, message: Message) -> None:
        send_message(self._sock, self._codec.pack(message.to_list()))

    def _refer(self, value: Any) -> Reference:
        """A reference to an object that stays here; the same object has the same number each time."""
        for number, known in enumerate(self._objects):
            if known is value:
                return Reference(number, type(value).__name__)
        self._objects.append(value)
        return Reference(len(self._objects) - 1, type(value).__name__)

    def _resolve(self, reference: Reference) -> Any:
        """What a reference stands for: from 0 on an object of this worker, below 0 a function of the test's."""
        if reference.number >= 0:
            return self._objects[reference.number]
        callback = _Callback(self, reference)
        self._objects.append(callback)
        return callback

    def call_back(self, reference: Reference, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Have the test runner call a function that a test handed over."""
        # Student code may call it from several threads, but there is only one socket for question and reply.
        with self._callback_lock:
            self._reply(Callback(reference.number, args, kwargs))
            data, _ = receive_message(self._sock)
        match message_from(self._codec.unpack(data), CallbackReturned, CallbackRaised):
            case CallbackReturned(result):
                return result
            case CallbackRaised(type_name, text):
                raise RuntimeError(f"{type_name}: {text}")


class _Callback:
    """A function that a test handed over, as the student's code sees it."""

    def __init__(self, handler: RequestHandler, reference: Reference) -> None:
        self._call_back = handler.call_back
        self._reference = reference
        self.__name__ = reference.name or "f"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call_back(self._reference, args, kwargs)


class _CappedText(io.TextIOBase):
    """A stream that keeps the first `MAX_PRINTED` characters and drops the rest."""

    text = ""

    def write(self, text: str) -> int:
        """Keep the text as far as there is room; returns its length in any case, as a stream must."""
        if len(self.text) < MAX_PRINTED:
            self.text += sendable(str(text)[: MAX_PRINTED - len(self.text)])
        return len(text)


@contextlib.contextmanager
def _captured(printed: _CappedText) -> Iterator[None]:
    """Keep standard output in `printed`; drop standard error, warnings and NumPy's complaints."""
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(_CappedText()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield
