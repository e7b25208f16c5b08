"""Worker program: walks once through a notebook with its solutions, and forks off a child for each answer to try.

    python -m autograder.proof.harness < job.json > results.jsonl

When the walk comes to an exercise, everything above it has run. There a child takes the answer's source for the
solution cell's and goes on to the exercise's tests. So an answer costs its own test, not a kernel and a notebook,
and none can touch another. The job: {"steps": [Step …], "trials": [{"key", "exercise", "source", "seeds"}],
"jobs", "cpu_s"}. A line of results: {"key", "runs": [[cell of a test …] for each seed], "failure", "printed"}.
"""

import ast
import contextlib
import json
import os
import signal
import sys
import traceback
import types
from collections.abc import Iterator
from functools import partial
from typing import Any

from autograder.proof.forked import Task, run_forked

__all__ = ["main"]

SEED = "CHAINRULE_CHECK_SEED"
MODULE = types.ModuleType("__main__")


def main() -> None:
    """Read a job, write a line a trial; a cell of the notebook's own that fails ends it with {"broken", "error"}."""
    job = json.load(sys.stdin)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exception, so that no child is left behind
    # What cells print must not get among the results, nor a cell read the job.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as results:
        os.dup2(2, 1)
        try:
            for reply in run_forked(_tasks(job), job["jobs"]):
                line = {"key": reply.key, "runs": reply.value or [], "failure": reply.failure, "printed": reply.printed}
                results.write(json.dumps(line) + "\n")
                results.flush()
        except _BrokenCellError as error:
            results.write(json.dumps({"broken": error.args[0], "error": error.args[1]}) + "\n")


class _BrokenCellError(Exception):
    """A cell of the notebook, with its solutions, fails."""


def _tasks(job: dict[str, Any]) -> Iterator[Task]:
    steps: list[dict[str, Any]] = job["steps"]
    last = max(
        (i for i, step in enumerate(steps) if any(t["exercise"] == step["identifier"] for t in job["trials"])),
        default=-1,
    )
    for position, step in enumerate(steps[: last + 1]):
        for trial in job["trials"]:
            if trial["exercise"] == step["identifier"]:
                yield Task(trial["key"], partial(_try, trial, steps[position + 1 :]), job["cpu_s"])
        if step["needed"]:
            error = _run(step["source"], step["identifier"])["error"]
            if error:
                raise _BrokenCellError(step["identifier"], error)


def _try(trial: dict[str, Any], below: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Run an answer, then its tests, once for each seed."""
    answered = _run(trial["source"], trial["exercise"])
    runs = []
    for seed in trial["seeds"]:
        os.environ[SEED] = seed
        runs.append([answered] if answered["error"] else _run_tests(trial["exercise"], below))
    return runs


def _run_tests(exercise: str, below: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mine = [i for i, step in enumerate(below) if step["exercise"] == exercise]
    found = []
    for i, step in enumerate(below[: mine[-1] + 1]):
        if i in mine:
            found.append(_run(step["source"], step["identifier"]) | {"points": step["points"]})
        elif step["needed"]:
            _run(step["source"], step["identifier"])  # if it fails, the test says so
    return found


def _run(source: str, name: str) -> dict[str, Any]:
    """Run a cell as a notebook does: what the last line is worth is shown, an exception is told by its last line."""
    namespace = MODULE.__dict__
    found: dict[str, Any] = {"identifier": name, "shown": None, "error": "", "record": None}
    try:
        tree = ast.parse(source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), namespace)  # noqa: S102 - the instructor's cells
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)  # noqa: S307
            if value is not None:
                found["shown"] = repr(value)
                found["record"] = value.record() if hasattr(value, "record") else None
    except (Exception, SystemExit) as error:  # anything that a cell may do
        with contextlib.suppress(Exception):
            traceback.print_exc()
        found["error"] = traceback.format_exception_only(error)[-1].strip()
    return found


if __name__ == "__main__":
    main()
