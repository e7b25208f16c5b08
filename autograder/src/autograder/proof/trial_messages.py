"""What `trials` and the harness that it starts say to each other, a dataclass for each kind of message.

`trials` writes one `TrialJob` to the harness's standard input, packed by the codec. The harness writes a line of JSON
for each `TrialResult`, and, if a cell of the notebook itself fails, a last one for a `BrokenCell`.
"""

import json
from dataclasses import dataclass
from typing import Any

from autograder.guest.codec import Codec
from autograder.guest.messages import Cell, CellRun
from autograder.guest.typed import from_plain, to_plain

__all__ = [
    "BrokenCell",
    "SeedRun",
    "TestRun",
    "Trial",
    "TrialJob",
    "TrialResult",
    "pack_job",
    "read_line",
    "unpack_job",
    "write_line",
]

Report = dict[str, Any]
"""The record of a report of `chainrule.check`, which is JSON."""


@dataclass(frozen=True)
class Trial:
    """An answer to try, under a key of its own."""

    key: str
    exercise: str
    source: str
    seeds: tuple[str, ...] = ("",)
    """Seeds for the tests' random inputs, one run each; an empty one leaves the default."""


@dataclass(frozen=True)
class TrialJob:
    """A notebook with its solutions, and the answers to try on it."""

    cells: tuple[Cell, ...]
    """Those that must run, in order."""
    functions: tuple[str, ...]
    """Names that tests get proxies for."""
    values: tuple[str, ...]
    """Names that tests get copies of values for."""
    judged: dict[str, str]
    """The exercise that each test judges, by the test's id."""
    trials: tuple[Trial, ...]
    jobs: int
    """How many answers are tried at a time."""
    cpu_s: float
    """Processor time for one answer and its tests."""


@dataclass(frozen=True)
class TestRun:
    """What one test said of an answer."""

    id: str
    result: CellRun
    report: Report | None
    """The report that its last line shows, if it shows one."""


@dataclass(frozen=True)
class SeedRun:
    """An answer's tests with one seed."""

    error: str
    """Last line of the traceback if the answer's own cell failed."""
    tests: list[TestRun]


@dataclass(frozen=True)
class TrialResult:
    """What came of one trial."""

    key: str
    runs: list[SeedRun]
    """One for each seed; none if the answer ended the process that tried it."""
    failure: str
    """Why there are none."""
    printed: str
    """The end of what was printed."""


@dataclass(frozen=True)
class BrokenCell:
    """A cell of the notebook that fails although all solutions are in place."""

    id: str
    error: str


Line = TrialResult | BrokenCell


def pack_job(job: TrialJob) -> bytes:
    """A job as the harness reads it."""
    return Codec().pack(to_plain(job))


def unpack_job(data: bytes) -> TrialJob:
    """A job from what `pack_job` has made."""
    return from_plain(TrialJob, Codec().unpack(data))


def write_line(message: Line) -> str:
    """A message of the harness as a line of JSON."""
    return json.dumps([type(message).__name__, to_plain(message)]) + "\n"


def read_line(line: str) -> Line:
    """A message of the harness from its line."""
    name, plain = json.loads(line)
    return from_plain(BrokenCell, plain) if name == BrokenCell.__name__ else from_plain(TrialResult, plain)
