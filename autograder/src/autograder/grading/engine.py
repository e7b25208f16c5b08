"""Runs one notebook in two sandboxes and returns its results, however the sandboxes end.

An `Engine` belongs to one assignment. It keeps a test runner, which has imported what the tests import, and a few
students' sandboxes, started ahead, which have imported what the student's cells are likely to. For each submission it
takes one of these, hands its two pipes to the test runner and waits for a record. It reads nothing that student code
sends. `autograder.guest` says what happens in the sandboxes.
"""

import contextlib
import hashlib
import hmac
import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.cells import Plan, modules_of
from autograder.grading.mounts import test_runner_mounts, worker_mounts
from autograder.grading.store import Run
from autograder.grading.test_runner import TestRunner
from autograder.guest.messages import CellRun, Job, Record
from autograder.guest.outputs import error_output
from autograder.records import Limits
from autograder.sandbox import Box, Ending, Quota, Reason, SandboxFailure, Tier, Usage, start

__all__ = ["Engine", "SandboxUse", "check_seed"]

LOGGER = logging.getLogger(__name__)

ATTEMPTS = 3
"""Attempts at a submission when the sandbox itself fails."""
ENDING_GRACE_S = 2.0
"""Seconds for the kernel to end a sandbox whose pipes are closed already, after which the reason is known."""


@dataclass(frozen=True)
class SandboxUse:
    """One student's sandbox of a run: the messages, the end and the use of it."""

    messages: list[tuple[float, str, int, str]]
    """Messages between the test runner and the workers, see `guest.trace`."""
    finished: bool
    """Whether the job was finished in it."""
    ending: Ending | None
    """Why it ended before that; None if the job was finished."""
    usage: Usage
    """Use since its start, which was some time before the run."""
    cpu_s: float
    """Processor time of the run alone."""


class Engine:
    """Runs submissions of one assignment, from any number of threads.

    Args:
        source: the instructor's notebook, with solutions.
        files: its folder, whose data files both sides can read.
        limits: for each submission.
        secret: from this and the submission come the seeds of the tests' random inputs.
        tier: of the sandboxes, as `sandbox.choose_tier` found it.
        ahead: number of students' sandboxes that are started before they are needed.
        watch: called with the `SandboxUse` of each sandbox after its end; messages are recorded only for it.
    """

    def __init__(
        self,
        source: NotebookNode,
        files: Path,
        limits: Limits,
        secret: bytes,
        tier: Tier,
        *,
        ahead: int = 1,
        watch: Callable[[SandboxUse], None] | None = None,
    ) -> None:
        self._limits, self._secret, self._tier, self._watch = limits, secret, tier, watch
        self._worker_mounts, self._test_runner_mounts = worker_mounts(files), test_runner_mounts(files)
        self._worker_modules = modules_of(source, ("shared",))
        self._test_runner_modules = modules_of(source, ("shared", "test"))
        self._test_runner: TestRunner | None = None
        self._lock = threading.Lock()
        self._boxes: queue.SimpleQueue[Box] = queue.SimpleQueue()
        self._ahead = ahead
        self._closed = False

    def close(self) -> None:
        """End all processes that it has started."""
        self._closed = True
        with self._lock:
            if self._test_runner is not None:
                self._test_runner.close()
                self._test_runner = None
        with contextlib.suppress(queue.Empty):
            while True:
                self._boxes.get_nowait().kill()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, plan: Plan, language: str, known: Run | None, stopped: Callable[[], bool] = lambda: False) -> Run:
        """Run a submission, except for tests whose results are known already.

        If student code ends its whole sandbox, the cell or test that was running gets that as its result. The others
        are run in a new sandbox, as long as the notebook has time left.

        Args:
            plan: the submission's cells.
            language: for the tests' messages, "en" or "zh".
            known: an earlier, incomplete run of the same submission, if there is one.
            stopped: asked several times a second whether to give up.

        Raises:
            SandboxFailure: the machine and not the submission is the reason why there is no result.
        """
        job = self._job(plan, language)
        test_ids = {cell.id for cell in plan.tests}
        cells: dict[str, CellRun] = {}
        # What has a result is skipped: known tests, later also cells and tests that have ended a sandbox.
        done = dict(known.tests) if known else {}
        start_time, left_s = time.monotonic(), self._limits.notebook_s
        deadline = start_time + self._wall_s
        while True:
            record, reason, used_s = self._run_in_sandbox(replace(job, skipped=tuple(done)), deadline, stopped)
            # Cells are run again in each sandbox, as tests need their state, so they are not done.
            for cell, run in record.runs.items():
                (done if cell in test_ids else cells)[cell] = run
            left_s -= used_s
            out_of_time = reason in ("cpu", "wall") or left_s < 0 or time.monotonic() > deadline
            if record.finished or out_of_time or stopped():
                break
            if record.running not in done:
                done[record.running] = self._ended_sandbox(reason)
        # `done` holds cells, too: those that ended a sandbox.
        cells |= {cell: run for cell, run in done.items() if cell not in test_ids}
        tests = {cell: run for cell, run in done.items() if cell in test_ids}
        wall_s = round(time.monotonic() - start_time, 2)
        return Run(cells, tests, complete=record.finished, tier=self._tier.name, wall_s=wall_s)

    def _job(self, plan: Plan, language: str) -> Job:
        """The job for the test runner; `skipped` is added for each sandbox."""
        seed = check_seed(plan, self._secret)
        return Job(
            cells=plan.cells,
            functions=plan.functions,
            values=plan.values,
            cpu_s=self._limits.cell_s,
            memory_mib=self._limits.memory_mib,
            output_kib=self._limits.output_kib,
            environment={"CHAINRULE_LANGUAGE": language, "CHAINRULE_CHECK_SEED": seed},
            traced=self._watch is not None,
        )

    def _ended_sandbox(self, reason: Reason) -> CellRun:
        """The result of a cell or test that has ended its sandbox."""
        sentence = {
            "memory": f"more than {self._limits.memory_mib} MiB in all its processes",
            "processes": f"more than {self._limits.processes} processes",
            "files": "too many files",
        }.get(reason, "it ended the whole sandbox")
        if reason == "memory":
            return CellRun([error_output("MemoryLimit", sentence)], limit="memory")
        return CellRun([error_output("Crash", sentence)], died=sentence)

    def _run_in_sandbox(self, job: Job, deadline: float, stopped: Callable[[], bool]) -> tuple[Record, Reason, float]:
        """Run a job in one sandbox, and in another if that one fails.

        Returns:
            The record, why the sandbox ended if the job is not finished, and the processor time used in it.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(job, deadline, stopped)
            except SandboxFailure as failure:
                LOGGER.warning("attempt %d of %d failed: %s", attempt, ATTEMPTS, failure, exc_info=True)
                if attempt == ATTEMPTS or stopped():
                    raise
        raise AssertionError  # not reached

    def _attempt(self, job: Job, deadline: float, stopped: Callable[[], bool]) -> tuple[Record, Reason, float]:
        box = self._take_box()
        # Its start and imports are not charged to the submission.
        before = box.usage()
        try:
            record = self._live_test_runner().run(job, box, deadline, stopped)
            ending = None if record.finished else box.wait(ENDING_GRACE_S)
            # Before any student code has run, an end can only be a fault of the machine.
            if not record.started:
                diagnostics = box.diagnostics().strip()
                LOGGER.error("the student's side did not start\n%s", diagnostics)
                raise SandboxFailure("the student's side did not start", got=diagnostics.rpartition("\n")[2] or ending)
            if not (record.finished or record.running):
                raise SandboxFailure("the sandbox ended before any of the notebook ran", got=ending)
        finally:
            box.kill()
        used = box.usage()
        LOGGER.debug("the sandbox has ended: %s, %s", ending or "by us, as all is done", used)
        if self._watch:
            self._watch(SandboxUse(record.messages, record.finished, ending, used, used.cpu_s - before.cpu_s))
        return record, ending.reason if ending else "exited", used.cpu_s - before.cpu_s

    @property
    def _wall_s(self) -> float:
        """Wall time for a notebook: twice its processor time, as for a cell, since others run at the same time."""
        return 2 * self._limits.notebook_s

    def _take_box(self) -> Box:
        """A student's sandbox, started ahead if possible, whose limits on time begin now."""
        box = self._next_box()
        box.restart_clock()
        return box

    def _next_box(self) -> Box:
        # Refill first: the new sandboxes do their imports while this submission runs.
        while not self._closed and self._boxes.qsize() < self._ahead:
            self._boxes.put(self._start_box())
        try:
            return self._boxes.get_nowait()
        except queue.Empty:  # another thread was quicker
            return self._start_box()

    def _start_box(self) -> Box:
        quota = Quota(
            memory_mib=self._limits.memory_mib,
            processes=self._limits.processes,
            cpu_s=self._limits.notebook_s,
            wall_s=self._wall_s,
            disk_mib=self._limits.disk_mib,
            file_mib=self._limits.disk_mib,
        )
        program = [sys.executable, "-m", "guest.supervisor", *self._worker_modules]
        return start(program, self._worker_mounts, quota, self._tier)

    def _live_test_runner(self) -> TestRunner:
        """The test runner, started if there is none or if it has ended."""
        with self._lock:
            if self._test_runner is not None and not self._test_runner.alive():
                self._test_runner.close()
                self._test_runner = None
            if self._test_runner is None:
                self._test_runner = TestRunner(self._test_runner_mounts, self._test_runner_modules, self._tier)
            return self._test_runner


def check_seed(plan: Plan, secret: bytes) -> str:
    """Seed for the random inputs of a submission's tests. It takes the secret to predict it."""
    # Tests are left out: a change to one of them must not change what the others draw.
    content = "\0".join(cell.source for cell in plan.cells if cell.kind != "test")
    return hmac.new(secret, content.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
