"""One notebook through two sandboxes: started ahead, used once, and their end reported whatever it was.

An `Engine` belongs to one assignment. It keeps a test runner, which has imported what the tests import, and a few
workers' sandboxes that have done the same for the student's cells. A run takes one of these, has the test runner fork
itself, hands it the two descriptors and waits. Nothing that student code sends is read here: only what the test runner
makes of it.
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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.grading.cells import Plan, modules_of
from autograder.grading.mounts import test_runner_mounts, worker_mounts
from autograder.grading.store import CellRun, Run
from autograder.grading.test_runner import TestRunner
from autograder.guest.outputs import error_output
from autograder.records import Limits
from autograder.sandbox import Box, Ending, Quota, Reason, SandboxFailure, Tier, Usage, start

__all__ = ["Engine", "SandboxUse", "check_seed"]

LOGGER = logging.getLogger(__name__)

ATTEMPTS = 3
ENDING_GRACE_S = 2.0
"""For the kernel to end a sandbox whose line is dead already, so that the reason is known."""


@dataclass(frozen=True)
class SandboxUse:
    """What one student's sandbox of a run came to."""

    messages: list[list[Any]]
    """Between the test runner and the workers, as `guest.trace` keeps them."""
    finished: bool
    """Whether all that it was started for has run."""
    ending: Ending | None
    """Why it ended before that; None if it did not."""
    usage: Usage
    """Since its start, which was before the run."""
    cpu_s: float
    """Processor time of the run alone."""


class Engine:
    """Runs submissions of one assignment, from any number of threads.

    Args:
        source: the instructor's notebook, with solutions.
        files: its folder, whose data files both sides may read.
        limits: of each submission.
        secret: what the random inputs of tests are derived from, together with the submission.
        tier: of the sandboxes, as `sandbox.choose_tier` found it.
        ahead: workers' sandboxes that wait, started, for the next submissions.
        watch: called with each sandbox's `SandboxUse` after its end; messages are kept only for it.
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
        """End everything that was started."""
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
        """Run a submission, except for the tests whose results are known already.

        Code that ends its whole sandbox costs the cell or the test that it is in: the others get a new sandbox, as long
        as the notebook has time left.

        Raises:
            SandboxFailure: the machine, not the submission, is the cause that nothing came of it.
        """
        job = self._job(plan, language)
        tests = {cell.id for cell in plan.tests}
        cells: dict[str, CellRun] = {}
        done = dict(known.tests) if known else {}
        began, left_s = time.monotonic(), self._limits.notebook_s
        deadline = began + self._wall_s
        while True:
            record, reason, used_s = self._run_in_sandbox(job | {"skipped": list(done)}, deadline, stopped)
            for cell, run in record["runs"].items():
                (done if cell in tests else cells)[cell] = CellRun(**run)
            left_s -= used_s
            over = reason in ("cpu", "wall") or left_s < 0 or time.monotonic() > deadline
            if record["finished"] or over or stopped():
                break
            if record["running"] not in done:
                done[record["running"]] = self._stopped_sandbox(reason)
        cells |= {cell: run for cell, run in done.items() if cell not in tests}
        found = {cell: run for cell, run in done.items() if cell in tests}
        wall_s = round(time.monotonic() - began, 2)
        return Run(cells, found, complete=record["finished"], tier=self._tier.name, wall_s=wall_s)

    def _job(self, plan: Plan, language: str) -> dict[str, Any]:
        seed = check_seed(plan, self._secret)
        return {
            "cells": [asdict(cell) for cell in plan.cells],
            "functions": list(plan.functions),
            "values": list(plan.values),
            "cpu_s": self._limits.cell_s,
            "memory_mib": self._limits.memory_mib,
            "output_kib": self._limits.output_kib,
            "traced": self._watch is not None,
            "environment": {"CHAINRULE_LANGUAGE": language, "CHAINRULE_CHECK_SEED": seed},
        }

    def _stopped_sandbox(self, reason: Reason) -> CellRun:
        """What came of a cell or a test whose code has ended its sandbox."""
        sentence = {
            "memory": f"more than {self._limits.memory_mib} MiB in all its processes",
            "processes": f"more than {self._limits.processes} processes",
            "files": "too many files",
        }.get(reason, "it ended the whole sandbox")
        if reason == "memory":
            return CellRun([error_output("MemoryLimit", sentence)], limit="memory")
        return CellRun([error_output("Crash", sentence)], died=sentence)

    def _run_in_sandbox(
        self, job: dict[str, Any], deadline: float, stopped: Callable[[], bool]
    ) -> tuple[dict[str, Any], Reason, float]:
        """What one sandbox gave, why it ended if it was not finished, and the processor time that it took."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(job, deadline, stopped)
            except SandboxFailure as failure:
                LOGGER.warning("attempt %d of %d failed: %s", attempt, ATTEMPTS, failure, exc_info=True)
                if attempt == ATTEMPTS or stopped():
                    raise
        raise AssertionError  # not reached

    def _attempt(
        self, job: dict[str, Any], deadline: float, stopped: Callable[[], bool]
    ) -> tuple[dict[str, Any], Reason, float]:
        box = self._take_box()
        before = box.usage()
        try:
            record = self._live_test_runner().run(job, box, deadline, stopped)
            ending = None if record["finished"] else box.wait(ENDING_GRACE_S)
            if not record["started"]:
                diagnostics = box.diagnostics().strip()
                LOGGER.error("the student's side did not start\n%s", diagnostics)
                raise SandboxFailure("the student's side did not start", got=diagnostics.rpartition("\n")[2] or ending)
            if not (record["finished"] or record["running"]):
                raise SandboxFailure("the sandbox ended before any of the notebook ran", got=ending)
        finally:
            box.kill()
        used = box.usage()
        LOGGER.debug("the sandbox has ended: %s, %s", ending or "by us, as all is done", used)
        if self._watch:
            self._watch(SandboxUse(record["messages"], record["finished"], ending, used, used.cpu_s - before.cpu_s))
        return record, ending.reason if ending else "exited", used.cpu_s - before.cpu_s

    @property
    def _wall_s(self) -> float:
        return 2 * self._limits.notebook_s

    def _take_box(self) -> Box:
        """A sandbox that was started a while ago; others are started for those to come."""
        box = self._next_box()
        box.restart_clock()
        return box

    def _next_box(self) -> Box:
        while not self._closed and self._boxes.qsize() < self._ahead:
            self._boxes.put(self._start_box())
        try:
            return self._boxes.get_nowait()
        except queue.Empty:
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
        with self._lock:
            if self._test_runner is not None and not self._test_runner.alive():
                self._test_runner.close()
                self._test_runner = None
            if self._test_runner is None:
                self._test_runner = TestRunner(self._test_runner_mounts, self._test_runner_modules, self._tier)
            return self._test_runner


def check_seed(plan: Plan, secret: bytes) -> str:
    """What the random inputs of a submission's tests are drawn from."""
    # without the tests: a changed one must not change what the others draw
    content = "\0".join(cell.source for cell in plan.cells if cell.kind != "test")
    return hmac.new(secret, content.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
