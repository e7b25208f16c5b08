"""What is known about a submission, as plain frozen data with a JSON form.

The record of an execution travels in the executed notebook's own metadata, under "autograder", so whichever
program ran it, report and feedback find the same.
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

__all__ = ["Change", "Execution", "ItemScore", "Limits", "State", "Submission", "SubmissionScore"]

State = Literal["graded", "time limit", "memory limit", "crashed", "unreadable", "not graded"]
"""How far a submission came. All but the last have a score; all but the first have a reason."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use."""

    cell_s: float = 15.0
    """Seconds of processor time for one cell, or for all calls of one test; who merely waits has twice as many."""
    notebook_s: float = 180.0
    """Seconds of processor time for the whole notebook, all processes together; twice as many to wait."""
    output_kib: int = 256
    """Output kept of one cell."""
    memory_mib: int = 2048
    """For all processes of a submission together."""
    processes: int = 128
    """At the same time: some forty snapshots of a notebook with many cells are processes, too."""
    disk_mib: int = 64
    """For files in the submission's own folder, which exists in memory only."""


@dataclass(frozen=True)
class Execution:
    """How the run of one notebook ended.

    >>> Execution.from_json(Execution("time limit", "cell sigmoid ran longer than 15 s", 21.5, "k").to_json()).state
    'time limit'
    """

    state: State
    reason: str
    """A sentence for the instructor, empty if there is nothing to say."""
    wall_s: float
    key: str
    """Digest of what the result depends on, except the tests: see `grading.keys`."""
    tests: str = ""
    """Digest of the tests that were run."""
    tier: str = ""
    """Of the sandbox that it ran in."""

    def to_json(self) -> dict[str, Any]:
        """The record as it stands in a notebook's metadata."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Execution":
        """The record back from a notebook's metadata; ValueError or TypeError if it is none."""
        record = cls(**data)
        if record.state not in get_args(State):
            raise ValueError(f"{record.state!r} is no state")
        return record


@dataclass(frozen=True)
class Submission:
    """One notebook that was handed in."""

    student: str
    assignment: str
    path: Path
    """The file, submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb; it may be missing, damaged or anything else."""


@dataclass(frozen=True)
class ItemScore:
    """One graded cell of one submission."""

    item: str
    """The cell's grade_id."""
    score: float
    max_score: float
    needs_marking: bool = False
    """A person has to look at it: a written answer, or an automatic score that changed under a manual one."""


@dataclass(frozen=True)
class Change:
    """An automatic score that a new run would change."""

    student: str
    item: str
    before: float
    after: float


@dataclass(frozen=True)
class SubmissionScore:
    """One row of the report."""

    student: str
    state: State
    reason: str
    items: tuple[ItemScore, ...]

    @property
    def score(self) -> float:
        """Points so far."""
        return sum(item.score for item in self.items)

    @property
    def max_score(self) -> float:
        """Points that could be had."""
        return sum(item.max_score for item in self.items)

    @property
    def to_mark(self) -> float:
        """Points among these that a person still has to decide on."""
        return sum(item.max_score for item in self.items if item.needs_marking)
