"""Canonical notebook -> executed notebook, within limits. The one place that runs students' code.

As it stands, nbclient runs student and test cells in one Jupyter kernel, as plain nbgrader does: time and output
are limited, and one notebook cannot stop another, but nothing keeps a hostile notebook from the machine or from
its own score. A safer engine replaces `run_notebook` and nothing else.
"""

import asyncio
import contextlib
import functools
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float

from autograder.configuration import language_of
from autograder.records import Execution, Limits, State

__all__ = ["STORE", "RunCells", "executed", "run_notebook"]

STORE = ".executed"
"""Folder of a course that keeps executed notebooks by content."""

WATCH_S = 0.1
SHARED_MACHINE = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Several notebooks run side by side, so each kernel computes with one thread."""


class _Client(NotebookClient):  # type: ignore[misc]
    """nbclient that keeps a bounded amount of output and remembers which cells came to an end."""

    def __init__(self, notebook: NotebookNode, limits: Limits, folder: Path) -> None:
        super().__init__(
            notebook,
            timeout=limits.cell_s,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "TimeLimit",
                "evalue": f"this cell ran longer than {limits.cell_s:g} s and was stopped",
                "traceback": [],
            },
            allow_errors=True,
            record_timing=False,
            shutdown_kernel="immediate",
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            on_cell_executed=self._ended,
        )
        self._limit = limits.output_kib * 1024
        self._kept = dict.fromkeys(range(len(notebook.cells)), 0)
        self.ended: set[int] = set()
        self.late: list[str] = []

    def _ended(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        self.ended.add(cell_index)
        if execute_reply["content"].get("ename") == "TimeLimit":
            # what the interrupted code answers to the interrupt is of no interest; the limit is
            cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
            cell.outputs.append(_error("TimeLimit", execute_reply["content"]["evalue"]))
            self.late.append(cell.id)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if msg["msg_type"] in {"stream", "display_data", "execute_result", "update_display_data", "error"}:
            content = msg["content"]
            size = len(content.get("text", "")) or len(str(content.get("data", content.get("traceback", ""))))
            if self._kept[cell_index] + size > self._limit:
                return None
            self._kept[cell_index] += size
        return super().process_message(msg, cell, cell_index)


def _error(name: str, sentence: str) -> NotebookNode:
    return nbformat.v4.new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])


def run_notebook(
    notebook: NotebookNode, limits: Limits, files: Path, stopped: Callable[[], bool] = lambda: False
) -> tuple[State, str]:
    """Run all code cells in place, in a kernel of their own, and say how it went.

    Args:
        notebook: the canonical notebook; gets the outputs.
        limits: time and output.
        files: folder whose files (other than notebooks) the notebook may read, as a copy.
        stopped: asked all the while; once it is true, the kernel is killed.

    Returns:
        the state and, unless that is "graded", the reason.
    """
    with tempfile.TemporaryDirectory(prefix="notebook-") as scratch:
        folder = Path(scratch) / "work"
        folder.mkdir()
        if files.is_dir():
            shutil.copytree(files, folder, ignore=shutil.ignore_patterns("*.ipynb", ".*"), dirs_exist_ok=True)
        client = _Client(notebook, limits, folder)
        environment = (
            os.environ
            | SHARED_MACHINE
            | {
                "CHAINRULE_LANGUAGE": language_of(notebook),
                "IPYTHONDIR": str(Path(scratch) / "ipython"),
                "MPLCONFIGDIR": os.environ.get(
                    "MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "autograder-matplotlib")
                ),
            }
        )
        environment.pop("JPY_SESSION_NAME", None)
        # A thread of its own: formgrader's server calls this from within its running event loop, and nbclient would
        # take over a main thread's signals.
        with ThreadPoolExecutor(1) as thread:
            outcome = thread.submit(asyncio.run, _run(client, limits, environment, stopped)).result()
    for number, cell in enumerate(notebook.cells):
        if utils.is_grade(cell) and cell.cell_type == "code":
            if number not in client.ended:
                cell.outputs = [_error("NotRun", f"this check did not run: {outcome[1]}")]
            _hide_source(cell)
    return outcome


def _hide_source(cell: NotebookNode) -> None:
    """A traceback quotes the lines around the error, hidden tests among them; its last line says enough."""
    for output in cell.outputs:
        if output.output_type == "error":
            output.traceback = [f"{output.ename}: {output.evalue}" if output.evalue else output.ename]


async def _run(
    client: _Client, limits: Limits, environment: dict[str, str], stopped: Callable[[], bool]
) -> tuple[State, str]:
    overrun: list[str] = []
    async with _watchdog(client, limits, stopped, overrun):
        try:
            # what a kernel or a student's process writes past Jupyter must not reach the instructor's terminal
            await client.async_execute(env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except DeadKernelError:
            if overrun:
                return "time limit", overrun[0]
            return "crashed", f"the kernel died{_place(client)}"
    if client.late:
        return "time limit", f"longer than {limits.cell_s:g} s in {', '.join(client.late)}"
    return "graded", ""


def _place(client: _Client) -> str:
    for number, cell in enumerate(client.nb.cells):
        if cell.cell_type == "code" and cell.source.strip() and number not in client.ended:
            return f" in cell {cell.id}"
    return ""


@contextlib.asynccontextmanager
async def _watchdog(
    client: _Client, limits: Limits, stopped: Callable[[], bool], overrun: list[str]
) -> AsyncIterator[None]:
    """Kill the kernel when the notebook's time is over or somebody asks for it; nbclient then finds it dead."""

    async def watch() -> None:
        deadline = time.monotonic() + limits.notebook_s
        while time.monotonic() < deadline and not stopped():
            await asyncio.sleep(WATCH_S)
        overrun.append("stopped" if stopped() else f"longer than {limits.notebook_s:g} s for the whole notebook")
        await client.km.shutdown_kernel(now=True)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@functools.cache
def _environment() -> list[str]:
    """Versions that a result depends on."""
    names = ("autograder", "chainrule", "ipykernel", "matplotlib", "nbclient", "numba", "numpy")
    versions = {distribution.name: distribution.version for distribution in importlib.metadata.distributions()}
    return [f"{name} {versions.get(name)}" for name in names]


def _key(notebook: NotebookNode, limits: Limits, files: Path) -> str:
    """Digest of all that the outcome of a run depends on."""
    cells = [(cell.cell_type, cell.id, cell.source, cell.metadata.get("nbgrader")) for cell in notebook.cells]
    data = sorted((str(path.relative_to(files)), path) for path in files.rglob("*") if path.is_file())
    contents = [(name, hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in data if path.suffix != ".ipynb"]
    what = [cells, language_of(notebook), vars(limits), contents, _environment()]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def executed(
    notebook: NotebookNode,
    limits: Limits,
    files: Path,
    store: Path,
    known: bool = True,
    stopped: Callable[[], bool] = lambda: False,
) -> NotebookNode:
    """The notebook with outputs and its `Execution` in the metadata.

    It is run now, or taken from `store` if it is there and `known` results will do. A run that was stopped from
    outside is not kept.
    """
    asked = notebook.metadata.get("autograder", {})
    stored = store / f"{_key(notebook, limits, files)}.ipynb"
    if known and stored.is_file():
        result = nbformat.read(stored, as_version=4)
        result.metadata["autograder"]["fingerprint"] = asked.get("fingerprint", "")
        return result
    started = time.monotonic()
    if asked.get("unreadable"):
        state, reason = _refuse(notebook, asked["unreadable"])
    else:
        state, reason = run_notebook(notebook, limits, files, stopped)
    record = Execution(state, reason, round(time.monotonic() - started, 2), asked.get("fingerprint", ""))
    notebook.metadata["autograder"] = record.to_json()
    if not stopped():
        _keep(notebook, stored)
    return notebook


def _refuse(notebook: NotebookNode, reason: str) -> tuple[State, str]:
    for cell in notebook.cells:
        if utils.is_grade(cell) and cell.cell_type == "code":
            cell.outputs = [_error("NotRun", "this check did not run: the file could not be read")]
    return "unreadable", reason


def _keep(notebook: NotebookNode, stored: Path) -> None:
    stored.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=stored.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        nbformat.write(notebook, part)
    Path(part.name).replace(stored)


class RunCells(NbGraderPreprocessor):  # type: ignore[misc]
    """The engine as a step of nbgrader's autograde, in place of nbgrader's Execute."""

    cell_s = Float(Limits.cell_s, help="Seconds for one cell; then it is interrupted and the next one runs.").tag(
        config=True
    )
    notebook_s = Float(Limits.notebook_s, help="Seconds for all cells; then the rest does not run.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Run the notebook, or take the result that a run side by side has left in the store."""
        course = self.parent.parent.coursedir
        files = Path(course.root) / course.source_directory / resources["nbgrader"]["assignment"]
        limits = Limits(cell_s=self.cell_s, notebook_s=self.notebook_s)
        return executed(nb, limits, files, Path(course.root) / STORE), resources
