"""Proxies: what a test holds in place of the functions and objects that the student was to write.

A proxy sends a call to a worker and returns plain data. A function that a test hands to student code stays here and is
called here when the student's code asks for it, with plain data as arguments and a limit on how often and how deep.
Arguments that the student's code altered are altered here as well. So a test is written as if for one process.
"""

import builtins
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from .changes import updated
from .codec import Codec, Reference, WireError
from .link import Budget, Interruption, Worker, WorkerDied
from .messages import (
    Callback,
    CallbackRaised,
    CallbackReturned,
    CallFunction,
    GetAttribute,
    GetValues,
    Message,
    Raised,
    Returned,
    Values,
)

__all__ = ["Conversation", "ForkRefused", "Proxy", "StudentError", "StudentText", "TestFault", "TestStopped"]

M = TypeVar("M", bound=Message)

MAX_CALLBACKS = 100_000
"""Calls of a test's functions by student code in one test; a numerical gradient makes two for each parameter."""
MAX_NESTING = 50
"""Depth to which a callback may call the student's function, which calls back, and so on."""


class TestStopped(Interruption):
    """The worker of this test has died, so the test cannot go on."""

    def __init__(self, death: WorkerDied) -> None:
        super().__init__(str(death))
        self.timed_out = death.timed_out


class TestFault(Interruption):
    """The test itself is wrong: it hands over something that cannot be sent."""


class ForkRefused(Interruption):
    """The snapshot of this test cannot be forked: it has ended, or earlier code has used up the sandbox's processes."""

    def __init__(self, death: WorkerDied) -> None:
        super().__init__(str(death))
        self.death = death


class StudentText(str):
    """Text that student code printed while a test called it; marked, so that it can be dropped in hidden tests."""

    __slots__ = ()


class StudentError(Exception):
    """An error that student code raised: the name of its class and a text, which is all that crosses the wire."""

    def __init__(self, type_name: str, text: str) -> None:
        super().__init__(text)
        self.type_name = type_name

    def __str__(self) -> str:
        return str(self.args[0])


def _error_types() -> dict[str, type[StudentError]]:
    """For each of Python's exceptions a StudentError that is also a subclass of it, so that a test can catch it."""
    types = {}
    for name, kind in vars(builtins).items():
        # UnicodeError's subclasses take four or five arguments, and StudentError already is an Exception.
        if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, UnicodeError):
            types[name] = type(name, (StudentError, kind), {}) if kind is not Exception else StudentError
    return types


_ERROR_TYPES = _error_types()
_TYPE_NAMES = {name for name, kind in vars(builtins).items() if isinstance(kind, type)} | {"function", "generator"}


class Conversation:
    """The calls of one test and the worker that serves them, a fork of one snapshot.

    Args:
        snapshot: the state after the student cells above the test.
        budget: for all calls of the test together.
    """

    def __init__(self, snapshot: Worker, budget: Budget) -> None:
        self._snapshot = snapshot
        self._budget = budget
        self._worker: Worker | None = None
        self._functions: list[Callable[..., Any]] = []
        self._callbacks = self._nesting = 0
        self._paused = 0.0
        self._codec = Codec(self._refer, self._resolve)

    def values_of(self, names: list[str]) -> dict[str, Any]:
        """Values of those names that the student's cells have bound to something that can be sent."""
        if not names:
            return {}
        values = self._request(GetValues(names), Values).values
        return {name: values[name] for name in names if name in values}

    def call(self, target: "str | Reference", args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the student's.

        Args:
            target: its name in the notebook, or a reference to an object that an earlier call returned.
            args: plain data or functions of the test's.
            kwargs: the same.

        Returns:
            Plain data or a Proxy. Arguments that the function altered are altered in place.

        Raises:
            StudentError: it raised an error.
            TestStopped: its process has ended.
            TestFault: an argument cannot be sent.
        """
        callee = target if isinstance(target, str) else _WorkerObject(target)
        return self._result(CallFunction(callee, args, kwargs), (args, kwargs))

    def attribute(self, target: Reference, name: str) -> Any:
        """An attribute of an object that stays in the worker."""
        return self._result(GetAttribute(_WorkerObject(target), name), ())

    def pause(self) -> None:
        """Stop this test's clock until `resume`."""
        self._paused = time.monotonic()

    def resume(self) -> None:
        """Go on with this test's clock: the time since `pause` does not count."""
        if self._worker is not None:
            self._worker.extend_deadline(time.monotonic() - self._paused)

    def close(self) -> None:
        """Kill the worker that served the calls."""
        if self._worker is not None:
            self._worker.kill()

    def _request(self, message: Message, *kinds: type[M]) -> M:
        """Send a message and return the reply, which is of one of some kinds."""
        worker = self._ready_worker()
        try:
            try:
                worker.send(message, self._codec)
            except WireError as error:
                raise TestFault(f"the test itself is wrong: {error}") from None
            return worker.receive(self._codec, *kinds)
        except WorkerDied as death:
            raise TestStopped(death) from None

    def _ready_worker(self) -> Worker:
        """The worker, forked from the snapshot at the first call: a test that calls nothing needs none."""
        if self._worker is None:
            try:
                self._worker = self._snapshot.fork()
            except WorkerDied as death:
                raise ForkRefused(death) from None
            self._worker.set_limits(self._budget, self._codec)
        return self._worker

    def _result(self, message: Message, arguments: Any) -> Any:
        """Send a call, serve its callbacks, and return its result or raise its error."""
        while True:
            match self._request(message, Callback, Returned, Raised):
                case Callback() as callback:
                    message = self._run_callback(callback)
                case Raised(type_name, text, printed):
                    sys.stdout.write(StudentText(printed))
                    name = type_name if type_name.isidentifier() else "Exception"
                    raise _ERROR_TYPES.get(name, StudentError)(name, text)
                case Returned(result, changed, printed):
                    self._take_changes(arguments, changed)
                    sys.stdout.write(StudentText(printed))
                    return result

    def _take_changes(self, arguments: Any, changed: Any) -> None:
        """Alter our arguments as those on the other side were altered; `changed` is None if they were not."""
        if changed is not None:
            try:
                updated(arguments, changed)
            except (ValueError, TypeError):  # such as the state of another kind of generator
                self.close()
                raise TestStopped(WorkerDied("its answer has the wrong form")) from None

    def _run_callback(self, callback: Callback) -> CallbackReturned | CallbackRaised:
        """Call a function of the test's, as a worker asks for it. Returns the message with its result or error."""
        self._callbacks += 1
        self._nesting += 1
        try:
            if self._callbacks > MAX_CALLBACKS or self._nesting > MAX_NESTING:
                raise RuntimeError("a function that the test handed over was called too often")
            # The codec numbers our functions -1, -2, …, see `_refer`.
            if callback.function >= 0:
                raise RuntimeError("no function of the test's has that number")
            result = self._functions[-1 - callback.function](*callback.args, **callback.kwargs)
            # Packed once here, so that a result that cannot be sent is an error of the call and not of the protocol.
            self._codec.pack(result)
            return CallbackReturned(result)
        except Exception as error:  # the test's function may raise anything, given the student's arguments
            return CallbackRaised(type(error).__name__, str(error)[:300])
        finally:
            self._nesting -= 1

    def _refer(self, value: Any) -> Reference:
        """A reference to something that cannot be sent by value: a function of the test's, or a worker's own object.

        Functions of the test's have negative numbers, objects of a worker numbers from 0 on.
        """
        if isinstance(value, _WorkerObject):
            return value.reference
        if isinstance(value, Proxy):
            raise WireError("a function of the student's cannot be an argument of another one")
        if not callable(value):
            raise WireError(f"a test cannot hand over an object of type {type(value).__name__}")
        for position, function in enumerate(self._functions):
            if function is value:
                return Reference(-1 - position, getattr(value, "__name__", ""))
        self._functions.append(value)
        return Reference(-len(self._functions), str(getattr(value, "__name__", "")))

    def _resolve(self, reference: Reference) -> Any:
        """A proxy for an object that stays in the worker."""
        # A report calls what a function returned by the name of its class, "not set"; the student's own classes have no
        # name here, as that could carry the arguments of a hidden test.
        kind = type(reference.name, (Proxy,), {}) if reference.name in _TYPE_NAMES else Proxy
        return kind(lambda: self, reference, reference.name)


class _WorkerObject:
    """A reference to a worker's object in a message to that worker."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference


class Proxy:
    """Stands for a function or an object on the student's side. It can be called and has public attributes.

    Args:
        conversation: returns the conversation of the test that is running, which may change between calls.
        target: a name in the notebook, or a reference to an object.
        name: for `repr`.
    """

    def __init__(self, conversation: Callable[[], Conversation], target: "str | Reference", name: str) -> None:
        self._conversation = conversation
        self._target = target
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it on the student's side, see `Conversation.call`."""
        return self._conversation().call(self._target, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        # NumPy and IPython look for methods such as `__array__` and `_repr_html_`, which must not start a process.
        # What is known by its name in the notebook is a function or a class to call, and has no attributes here.
        if name.startswith("_") or isinstance(self._target, str):
            raise AttributeError(name)
        return self._conversation().attribute(self._target, name)

    def __repr__(self) -> str:
        return f"<{self.__name__}>"
