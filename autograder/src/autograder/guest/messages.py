"""What the processes of one submission say to each other, a dataclass for each kind of message.

The grader sends the test runner a `Job` and gets a `Record`. The test runner sends a worker requests and gets replies:

    SetLimits     no reply
    RunCell       CellRan
    ReadNames     NamesRead
    GetValues     Values
    CallFunction  Returned or Raised
    GetAttribute  Returned or Raised

To any of them a worker may reply `TimedOut`, or `Fault` for an error of its own, and end. While a call runs, it may
send `Callback`, which gets `CallbackReturned` or `CallbackRaised`.

On the wire, one of these is a list: the name of its class, then its fields. What the test runner and the supervisor
say to each other is in `protocol`.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar

from .typed import FormError, from_fields

__all__ = [
    "CallFunction", "Callback", "CallbackRaised", "CallbackReturned", "Cell", "CellRan", "CellRun", "Fault",
    "GetAttribute", "GetValues", "Job", "Kind", "Message", "NamesRead", "Output", "Raised", "ReadNames", "Record",
    "Returned", "RunCell", "SetLimits", "TimedOut", "Values", "message_from",
]  # fmt: skip

Kind = Literal["student", "demonstration", "shared", "test"]
Output = dict[str, Any]
"""An output of a cell in the notebook format, which is JSON."""


@dataclass(frozen=True)
class Cell:
    """One code cell of a notebook."""

    id: str
    kind: Kind
    """`student`: a solution, or a cell that the student added or changed; runs on the student's side. `demonstration`:
    the instructor's and unchanged; runs there if a cell reads what it binds. `shared`: locked; runs on both sides.
    `test`: runs in the test runner."""
    source: str
    binds: tuple[str, ...] = ()
    """Names that it binds; known of demonstrations and shared cells only, which the instructor wrote."""
    reads: tuple[str, ...] = ()
    """Names that it reads from cells before it; known of the same cells."""


@dataclass(frozen=True)
class Job:
    """What the test runner is to run in one sandbox, and within which limits."""

    cells: tuple[Cell, ...]
    functions: tuple[str, ...]
    """Names that tests get proxies for."""
    values: tuple[str, ...]
    """Names that tests get copies of values for."""
    cpu_s: float
    """Processor time of each cell and each test."""
    memory_mib: int
    output_kib: int
    """What is kept of the outputs of each cell."""
    environment: dict[str, str]
    """Environment variables for the tests."""
    traced: bool = False
    """Whether to record the messages."""
    skipped: tuple[str, ...] = ()
    """Ids of cells and tests that are left out."""


@dataclass(frozen=True)
class CellRun:
    """The result of one cell or test."""

    outputs: list[Output]
    """Its outputs in the notebook format."""
    limit: Literal["", "time", "memory"] = ""
    """The limit that it ran into."""
    died: str = ""
    """Why its process ended, if it did."""


@dataclass(frozen=True)
class Record:
    """What came of a job, as far as the sandbox lasted."""

    runs: dict[str, CellRun]
    """Results by id of the cell or test."""
    running: str
    """The cell or test whose code was the last to run."""
    started: bool
    """Whether the student's side did its imports."""
    finished: bool
    """Whether all cells and tests have run."""
    tracebacks: dict[str, str] = field(default_factory=dict)
    """For the grader's log: of errors of tests themselves, by id, and of workers."""
    messages: list[tuple[float, str, int, str]] = field(default_factory=list)
    """Those that were recorded, see `trace`."""


class Message:
    """A request to a worker, or a reply."""

    def to_list(self) -> list[Any]:
        """The name of its class, then its fields."""
        return [type(self).__name__, *(getattr(self, each.name) for each in fields(self))]  # type: ignore[arg-type]


@dataclass(frozen=True)
class SetLimits(Message):
    """Limit the worker's process from now on."""

    cpu_s: int
    memory_mib: int


@dataclass(frozen=True)
class RunCell(Message):
    """Run a cell, and keep so much of its outputs."""

    source: str
    output_kib: int


@dataclass(frozen=True)
class CellRan(Message):
    """A cell has run. What is wrong with an output costs that output, see `outputs.sanitised`."""

    outputs: list[Any]


@dataclass(frozen=True)
class ReadNames(Message):
    """Find the names that cells read from cells before them."""

    sources: list[str]


@dataclass(frozen=True)
class NamesRead(Message):
    """Those names, cell by cell; None for one that cannot be compiled."""

    names: list[list[str] | None]


@dataclass(frozen=True)
class GetValues(Message):
    """Look up names in the student's notebook."""

    names: list[str]


@dataclass(frozen=True)
class Values(Message):
    """The values of those names that are bound to something that can be sent."""

    values: dict[str, Any]


@dataclass(frozen=True)
class CallFunction(Message):
    """Call a function: a name in the student's notebook, or an object that an earlier call returned."""

    target: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class GetAttribute(Message):
    """Get an attribute of an object that an earlier call returned."""

    target: Any
    name: str


@dataclass(frozen=True)
class Returned(Message):
    """The result of a call or the value of an attribute."""

    result: Any
    changed: Any
    """The arguments as they are after the call if it altered them, or None."""
    printed: str


@dataclass(frozen=True)
class Raised(Message):
    """The error that a call or an attribute raised."""

    type_name: str
    text: str
    printed: str


@dataclass(frozen=True)
class Callback(Message):
    """Call a function that a test handed over."""

    function: int
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class CallbackReturned(Message):
    """What that function returned."""

    result: Any


@dataclass(frozen=True)
class CallbackRaised(Message):
    """The error that it raised."""

    type_name: str
    text: str


@dataclass(frozen=True)
class TimedOut(Message):
    """The processor time of the worker is used up."""


@dataclass(frozen=True)
class Fault(Message):
    """An error of the worker's own program, with its traceback."""

    text: str


M = TypeVar("M", bound=Message)


def message_from(value: Any, *kinds: type[M]) -> M:
    """The message of one of some kinds that a decoded value is.

    Raises:
        FormError: it is none.
    """
    if type(value) is not list or not value or type(value[0]) is not str:
        raise FormError("no message")
    for kind in kinds:
        if kind.__name__ == value[0]:
            return from_fields(kind, value[1:])
    raise FormError("a message of another kind")
