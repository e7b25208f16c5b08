"""What a test holds in place of something that the student was to write.

A proxy sends a call to a worker and returns plain data. Functions that a test hands over are called here when the
student's code asks for it, with plain data and a bound on how often and how deep. Arguments that the student's code
altered are altered here, too, so that a test sees what it would see in one process.
"""

import builtins
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from .codec import Codec, Reference, WireError
from .link import Budget, Interruption, Worker, WorkerDied

__all__ = ["Conversation", "ForkRefused", "Proxy", "StudentError", "StudentText", "TestFault", "TestStopped"]

MAX_CALLBACKS = 100_000
MAX_NESTING = 50
_PRIVATE = "_"


class TestStopped(Interruption):
    """The worker of this test is gone; nothing more can be found out."""

    def __init__(self, death: WorkerDied) -> None:
        super().__init__(str(death))
        self.timed_out = death.timed_out


class TestFault(Interruption):
    """The test asks for what cannot be; the student has no part in it."""


class ForkRefused(Interruption):
    """There is no process for this test: its snapshot refuses to be copied, or what ran before has used up the room."""

    def __init__(self, death: WorkerDied) -> None:
        super().__init__(str(death))
        self.death = death


class StudentText(str):
    """Something that the student's code printed while a test called it."""

    __slots__ = ()


class StudentError(Exception):
    """An error that the student's code raised, as far as it can be trusted: a name and a text."""

    def __init__(self, type_name: str, text: str) -> None:
        super().__init__(text)
        self.type_name = type_name

    def __str__(self) -> str:
        return str(self.args[0])


def _error_types() -> dict[str, type[StudentError]]:
    """For each of Python's own errors a StudentError that `except` takes for it."""
    twins = {}
    for name, kind in vars(builtins).items():
        if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, UnicodeError):
            twins[name] = type(name, (StudentError, kind), {}) if kind is not Exception else StudentError
    return twins


_ERROR_TYPES = _error_types()


class Conversation:
    """The calls of one test, answered by copies of one snapshot.

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
        """The values of some names, those that have one that can be sent."""
        if not names:
            return {}
        what, *details = self._request(["values", names])
        if what != "values" or len(details) != 1 or not isinstance(details[0], dict):
            raise self._malformed_reply()
        return {name: details[0][name] for name in names if name in details[0]}

    def call(self, target: "str | Reference", args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the student's function makes of some arguments.

        Raises:
            StudentError: it raised an error.
            TestStopped: its process is gone.
        """
        sent = target if isinstance(target, str) else _WorkerObject(target)
        return self._result(["call", sent, args, kwargs], (args, kwargs))

    def attribute(self, target: Reference, name: str) -> Any:
        """An attribute of an object that stays on the other side."""
        return self._result(["attribute", _WorkerObject(target), name], ())

    def pause(self) -> None:
        """Its time stands still until `resume`."""
        self._paused = time.monotonic()

    def resume(self) -> None:
        """It is this test's turn."""
        if self._worker is not None:
            self._worker.extend_deadline(time.monotonic() - self._paused)

    def close(self) -> None:
        """End the copy that answered."""
        if self._worker is not None:
            self._worker.kill()

    def _request(self, message: list[Any]) -> list[Any]:
        worker = self._ready_worker()
        try:
            try:
                worker.send(message, self._codec)
            except WireError as error:
                raise TestFault(f"the test itself is wrong: {error}") from None
            return worker.receive(self._codec)
        except WorkerDied as death:
            raise TestStopped(death) from None

    def _ready_worker(self) -> Worker:
        if self._worker is None:
            try:
                self._worker = self._snapshot.fork()
            except WorkerDied as death:
                raise ForkRefused(death) from None
            self._worker.set_limits(self._budget, self._codec)
        return self._worker

    def _malformed_reply(self) -> TestStopped:
        self.close()
        return TestStopped(WorkerDied("its answer is none"))

    def _result(self, message: list[Any], arguments: Any) -> Any:
        answer = self._request(message)
        while answer[0] == "callback":
            answer = self._request(self._run_callback(answer[1:]))
        try:
            if answer[0] == "returned":
                result, changed, printed = answer[1:]
                if changed is not None:
                    _updated(arguments, changed)
                sys.stdout.write(StudentText(printed))
                return result
            if answer[0] == "raised":
                name, text, printed = map(str, answer[1:])
                sys.stdout.write(StudentText(printed))
                name = name if name.isidentifier() else "Exception"
                raise _ERROR_TYPES.get(name, StudentError)(name, text)
        except (ValueError, TypeError) as error:
            if isinstance(error, StudentError):
                raise
            raise self._malformed_reply() from None
        raise self._malformed_reply()

    def _run_callback(self, details: list[Any]) -> list[Any]:
        """Call a function of the test's and say what came of it."""
        self._callbacks += 1
        self._nesting += 1
        try:
            number, args, kwargs = details
            if self._callbacks > MAX_CALLBACKS or self._nesting > MAX_NESTING:
                raise RuntimeError("a function that the test handed over was called too often")
            if (
                not isinstance(args, tuple)
                or not isinstance(kwargs, dict)
                or not all(isinstance(k, str) for k in kwargs)
            ):
                raise TypeError("no arguments")
            result = self._functions[-1 - number](*args, **kwargs)
            self._codec.pack(result)
            return ["callback_returned", result]
        except TestStopped:
            raise
        except Exception as error:  # of the test's function, by the student's arguments
            return ["callback_raised", type(error).__name__, str(error)[:300]]
        finally:
            self._nesting -= 1

    def _refer(self, value: Any) -> Reference:
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
        return Proxy(lambda: self, reference, reference.name)


class _WorkerObject:
    """A reference on its way back to where it came from."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference


class Proxy:
    """A function or an object on the student's side; can be called, and asked for public attributes."""

    def __init__(self, conversation: Callable[[], Conversation], target: "str | Reference", name: str) -> None:
        self._conversation = conversation
        self._target = target
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the student's side makes of a call."""
        return self._conversation().call(self._target, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_PRIVATE) or isinstance(self._target, str):
            raise AttributeError(name)
        return self._conversation().attribute(self._target, name)

    def __repr__(self) -> str:
        return f"<{self.__name__}>"


def _update_in_place(ours: Any, theirs: Any) -> None:
    """Make an argument what it became on the other side, in place, as far as its kind allows it."""
    if isinstance(ours, np.ndarray):
        if ours.shape == theirs.shape and ours.dtype == theirs.dtype and ours.flags.writeable:
            ours[...] = theirs
    elif isinstance(ours, tuple):
        for mine, new in zip(ours, theirs, strict=False):
            _updated(mine, new)
    elif isinstance(ours, list):
        added = theirs[len(ours) :]
        ours[:] = [_updated(mine, new) for mine, new in zip(ours, theirs, strict=False)] + added
    elif isinstance(ours, dict):
        altered = {key: _updated(ours.get(key), new) for key, new in theirs.items()}
        ours.clear()
        ours.update(altered)
    elif isinstance(ours, np.random.Generator):
        ours.bit_generator.state = theirs.bit_generator.state


def _updated(mine: Any, new: Any) -> Any:
    """The same object, altered, where it can be; else what takes its place."""
    if type(mine) is type(new) and isinstance(mine, np.ndarray | tuple | list | dict | np.random.Generator):
        _update_in_place(mine, new)
        return mine
    return new
