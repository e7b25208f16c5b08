"""Canonical notebook -> executed notebook: from the store where it is known, through the engine where it is not."""

import contextlib
import functools
import logging
import os
import secrets
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import nbformat
from nbformat import NotebookNode

from autograder.course.languages import language_of
from autograder.course.nbgrader_cells import is_grade
from autograder.grading.cells import Plan, plan_of
from autograder.grading.engine import Engine
from autograder.grading.keys import result_key, tests_digest
from autograder.grading.store import CellRun, Results, Run
from autograder.records import Execution, Limits, State
from autograder.sandbox import TRUSTED, choose_tier

__all__ = ["STORE", "Runner", "secret_of", "state_of", "write_outputs"]

LOGGER = logging.getLogger(__name__)

STORE = ".executed"
"""Folder of a course that keeps results by content."""
SECRET = ".secret"  # noqa: S105 (the name of a file)
"""File of a course from which the random inputs of tests are drawn, so that nobody can guess them."""


@dataclass
class Runner:
    """Runs submissions of one assignment, with an engine that starts when the first one is not known."""

    root: Path
    """The course folder."""
    source: Path
    """The instructor's notebook."""
    limits: Limits
    trust_students: bool = False
    ahead: int = 1
    _engine: Engine | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def executed(
        self, notebook: NotebookNode, known: bool = True, stopped: Callable[[], bool] = lambda: False
    ) -> NotebookNode:
        """The canonical notebook with outputs and its `Execution` in the metadata.

        It is run now, or taken from the store if it is there and `known` results will do. A run that was stopped from
        outside is not kept.

        Raises:
            SandboxFailure: the machine is the cause that it could not be run.
        """
        taken = notebook.metadata["autograder"]
        key, tests = self.key_of(taken["content"])
        if taken["unreadable"]:
            run = Run()
            state: State = "unreadable"
            reason = taken["unreadable"]
            why = "the file could not be read"
        else:
            run = self._run(notebook, key, known, stopped)
            state, reason = state_of(run, self.limits)
            why = "the notebook was ended before"
        if run.tier == TRUSTED.name:
            reason = f"{reason}; run without a sandbox".removeprefix("; ")
        write_outputs(notebook, run, why)
        record = Execution(state, reason, run.wall_s, key, tests, run.tier)
        LOGGER.info("%s%s, %.2f s, tier %s", state, reason and f": {reason}", run.wall_s, run.tier or "none")
        notebook.metadata["autograder"] = record.to_json()
        return notebook

    def key_of(self, content: str) -> tuple[str, str]:
        """The key of a submission's result, and the digest of the tests as they are now.

        Args:
            content: digest of what was taken from the submitted file.
        """
        source = self._instructors
        return result_key(content, source, self.source.parent, self.limits, secret_of(self.root)), tests_digest(source)

    def close(self) -> None:
        """End the engine."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, notebook: NotebookNode, key: str, known: bool, stopped: Callable[[], bool]) -> Run:
        plan = plan_of(notebook, self._instructors)
        results = Results(self.root / STORE)
        before = results.load(key, plan) if known else None
        if before is not None and _complete(before, plan):
            LOGGER.debug("taken from the store, %s", key)
            return before
        run = self._ready_engine().run(plan, language_of(notebook), before, stopped)
        if not stopped():
            results.save(key, plan, run)
        return run

    @property
    def _instructors(self) -> NotebookNode:
        """The instructor's notebook as it is now: formgrader's process outlives a release."""
        status = self.source.stat()
        return _read(self.source, status.st_mtime_ns, status.st_size)

    def _ready_engine(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = Engine(
                    self._instructors,
                    self.source.parent,
                    self.limits,
                    secret_of(self.root),
                    choose_tier(self.trust_students),
                    ahead=self.ahead,
                )
            return self._engine


@functools.lru_cache(maxsize=4)
def _read(path: Path, _modified_ns: int, _size: int) -> NotebookNode:
    """A notebook, parsed once as long as its file stays the same: it is asked for twice a submission."""
    return nbformat.read(path, as_version=4)


def secret_of(root: Path) -> bytes:
    """The course's secret, made when it is first asked for."""
    path = root / SECRET
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    with tempfile.NamedTemporaryFile(dir=root, prefix=SECRET, delete=False) as part:
        part.write(secrets.token_bytes(32))
    try:
        os.link(part.name, path)  # fails if somebody else was quicker
    except FileExistsError:
        pass
    finally:
        Path(part.name).unlink()
    return path.read_bytes()


def _complete(run: Run, plan: Plan) -> bool:
    return not run.complete or all(cell.id in run.tests for cell in plan.tests)


def state_of(run: Run, limits: Limits) -> tuple[State, str]:
    """How it went, and the reason unless it went well."""
    if not run.complete:
        return "time limit", f"longer than {limits.notebook_s:g} s for the whole notebook"
    cells: dict[str, CellRun] = run.cells | run.tests
    if late := [cell for cell, found in cells.items() if found.limit == "time"]:
        return "time limit", f"longer than {limits.cell_s:g} s in {', '.join(late)}"
    if large := [cell for cell, found in cells.items() if found.limit == "memory"]:
        return "memory limit", f"more than {limits.memory_mib} MiB in {', '.join(large)}"
    died = [f"{found.died} in {cell}" for cell, found in cells.items() if found.died]
    if died:
        return "crashed", "; ".join(died)
    return "graded", ""


def write_outputs(notebook: NotebookNode, run: Run, why: str) -> None:
    """Put what came of each cell into the notebook; `why` says why a test did not run, if one did not."""
    cells: dict[str, CellRun] = run.cells | run.tests
    sentence = f"this check did not run: {why}"
    not_run = {"output_type": "error", "ename": "NotRun", "evalue": sentence, "traceback": [f"NotRun: {sentence}"]}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            outputs = cells[cell.id].outputs if cell.id in cells else [not_run] if is_grade(cell) else []
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
            cell.execution_count = None
