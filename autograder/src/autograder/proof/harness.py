"""A program that runs a notebook once with its solutions, and forks a child for each answer to try.

    python -m autograder.proof.harness < job.json > results.jsonl

When it comes to an exercise, everything above it has run. There it forks a child, which runs the answer in place of
the solution cell and goes on to the exercise's tests. So an answer costs the time of its own tests, not that of a
kernel and a notebook, and no answer can affect another.

    job               {"steps": [Step …], "trials": [{"key", "exercise", "source", "seeds"} …], "jobs", "cpu_s"}
    line of results   {"key", "runs": [[cell of a test …] for each seed], "failure", "printed"}
    or, as the last   {"broken": cell, "error"} if a cell of the notebook itself fails
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
"""Environment variable from which `chainrule.check` seeds its generators."""
MODULE = types.ModuleType("__main__")
"""Its dictionary is the globals of all cells."""


def main() -> None:
    """Read a job from standard input, write a line for each trial to standard output."""
    job = json.load(sys.stdin)
    # SIGTERM becomes an exception, so that `run_forked` kills its children on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Results go to a copy of standard output, which itself becomes standard error: cells print there.
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
    """A cell of the notebook fails although all solutions are in place."""


def _tasks(job: dict[str, Any]) -> Iterator[Task]:
    """A task for each trial. Between two tasks, this process runs the cells that the next one needs above it."""
    steps: list[dict[str, Any]] = job["steps"]
    tried = {trial["exercise"] for trial in job["trials"]}
    stop = max((i + 1 for i, step in enumerate(steps) if step["identifier"] in tried), default=0)
    for position, step in enumerate(steps[:stop]):
        for trial in job["trials"]:
            if trial["exercise"] == step["identifier"]:
                yield Task(trial["key"], partial(_try, trial, steps[position + 1 :]), job["cpu_s"])
        if step["needed"]:
            error = _run(step["source"], step["identifier"])["error"]
            if error:
                raise _BrokenCellError(step["identifier"], error)


def _try(trial: dict[str, Any], below: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Run an answer, then its tests once for each seed, in this process."""
    answer = _run(trial["source"], trial["exercise"])
    runs = []
    for seed in trial["seeds"]:
        os.environ[SEED] = seed
        runs.append([answer] if answer["error"] else _run_tests(trial["exercise"], below))
    return runs


def _run_tests(exercise: str, below: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run the exercise's tests and the needed cells between them; returns what each test did."""
    test_positions = [i for i, step in enumerate(below) if step["exercise"] == exercise]
    results = []
    for i, step in enumerate(below[: test_positions[-1] + 1]):
        if i in test_positions:
            results.append(_run(step["source"], step["identifier"]) | {"points": step["points"]})
        elif step["needed"]:
            # With a wrong answer above it, it may fail; then the test that needs it fails too.
            _run(step["source"], step["identifier"])
    return results


def _run(source: str, name: str) -> dict[str, Any]:
    """Run a cell as a notebook does.

    Returns:
        "shown" is the repr of the last line's value, "record" that of a report, "error" the last line of a traceback.
    """
    namespace = MODULE.__dict__
    result: dict[str, Any] = {"identifier": name, "shown": None, "error": "", "record": None}
    try:
        tree = ast.parse(source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), namespace)  # noqa: S102 - the instructor's cells
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)  # noqa: S307
            if value is not None:
                result["shown"] = repr(value)
                result["record"] = value.record() if hasattr(value, "record") else None
    except (Exception, SystemExit) as error:
        with contextlib.suppress(Exception):
            traceback.print_exc()
        result["error"] = traceback.format_exception_only(error)[-1].strip()
    return result


if __name__ == "__main__":
    main()
