"""Runs right answers under many seeds: a test with random inputs must accept a right answer whatever it draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from autograder.course.source import Source
from autograder.proof.trials import CPU_S, Run, Trial, run_trials
from autograder.proof.verdicts import exercises_and_answers

__all__ = ["Steadiness", "try_seeds"]

CHUNK = 25
"""Seeds that one child runs, so that the fork and the answer itself are paid for once in 25 runs."""


@dataclass(frozen=True)
class Steadiness:
    """The result for one notebook: how many runs, and those in which a right answer lost points."""

    notebook: str
    seeds: int
    runs: int
    refused: tuple[Run, ...]

    def as_json(self) -> dict[str, Any]:
        """Counts, and every refused run by answer and seed, for JSON."""
        refused = [{"answer": run.key.partition("@")[0], "seed": run.seed} for run in self.refused]
        return {"seeds": self.seeds, "runs": self.runs, "refused": refused}

    def as_text(self) -> RenderableType:
        """A line of counts, then the report of each of the first refused runs."""
        head = f"{self.notebook}: {self.runs} runs of right answers under {self.seeds} seeds, "
        lines = [Text(head).append(f"{len(self.refused)} refused", style="bold red" if self.refused else "green")]
        for run in self.refused[:10]:
            lines.append(Text(f"\n{run.key.partition('@')[0]}, seed {run.seed}: {run.points:g} of {run.max_points:g}"))
            lines += [Text(f"    {line}", style="dim") for line in run.message.splitlines()]
        return Group(*lines)


def try_seeds(
    source: Source,
    exercise: str | None,
    seeds: int,
    jobs: int = 1,
    progress: Callable[[str, int], None] = lambda _name, _total: None,
) -> Steadiness:
    """Run every right answer and every solution under the seeds "1" … "N" of `chainrule.check`'s generators.

    Raises:
        SourceError: there is no such exercise, or the notebook or one of the answers cannot be used.
    """
    exercises, answers = exercises_and_answers(source, exercise)
    trials = [
        Trial(f"{answer.kind}/{answer.name}@{chunk[0]}", answer.exercise, answer.source, chunk)
        for answer in answers
        if answer.kind in ("right", "reference")
        for chunk in _chunks([str(seed) for seed in range(1, seeds + 1)])
    ]
    runs, refused = 0, []
    for run in run_trials(source, exercises, trials, jobs, CHUNK * CPU_S):
        runs += 1
        if not run.full:
            refused.append(run)
        # The key ends with the chunk's first seed, so progress is made once a chunk.
        if run.seed == run.key.partition("@")[2]:
            progress(run.key.partition("@")[0], len(trials))
    return Steadiness(source.assignment, seeds, runs, tuple(refused))


def _chunks(seeds: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(seeds[i : i + CHUNK]) for i in range(0, len(seeds), CHUNK)]
