"""Mutation testing: every mutant of a solution must lose points, unless a person has found it to mean the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.course.source import Source
from autograder.proof.equivalent_mutants import FILE, as_entry, check_entries, load_equivalent_mutants
from autograder.proof.mutants import Mutant, mutants_of
from autograder.proof.trials import CPU_S, Trial, run_trials
from autograder.proof.verdicts import exercises_and_answers

__all__ = ["Mutation", "as_json", "as_table", "mutate"]


@dataclass(frozen=True)
class Mutation:
    """A notebook's mutants, and those among them that no test catches."""

    notebook: str
    mutants: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    survivors: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """Mutants that the tests catch, as a share of those that are not equivalent."""
        judged = len(self.mutants) - len(self.equivalent)
        return 1 - len(self.survivors) / judged if judged else 1.0


def mutate(
    source: Source,
    exercise: str | None = None,
    jobs: int = 1,
    cpu_s: float = CPU_S,
    progress: Callable[[str, int], None] = lambda _name, _total: None,
) -> Mutation:
    """Run each mutant of the solutions, or of one exercise's, through the exercise's tests.

    Raises:
        SourceError: there is no such exercise, or the file of reviewed mutants has a stale or incomplete entry.
    """
    exercises, answers = exercises_and_answers(source, exercise)
    solutions = [answer for answer in answers if answer.kind == "reference"]
    mutants = [mutant for answer in solutions for mutant in mutants_of(answer.exercise, answer.source)]
    trials = [Trial(str(number), mutant.exercise, mutant.source) for number, mutant in enumerate(mutants)]
    alive: set[tuple[str, str, str]] = set()
    for run in run_trials(source, exercises, trials, jobs, cpu_s):
        mutant = mutants[int(run.key)]
        if run.full:
            alive.add(mutant.identity)
        progress(mutant.exercise, len(trials))
    known = {mutant.identity for mutant in mutants}
    reviewed = {key for key in load_equivalent_mutants(source) if exercise in (None, key[0])}
    check_entries(source, sorted(reviewed), known, known - alive)
    return Mutation(
        source.assignment,
        tuple(mutants),
        tuple(mutant for mutant in mutants if mutant.identity in reviewed),
        tuple(mutant for mutant in mutants if mutant.identity in alive - reviewed),
    )


def as_json(mutations: Sequence[Mutation]) -> dict[str, Any]:
    """Counts and survivors, for JSON."""
    return {
        "notebooks": {
            mutation.notebook: {
                "mutants": len(mutation.mutants),
                "equivalent": len(mutation.equivalent),
                "survivors": [
                    {"exercise": m.exercise, "operator": m.operator, "was": m.was, "becomes": m.becomes}
                    for m in mutation.survivors
                ],
                "score": mutation.score,
            }
            for mutation in mutations
        }
    }


def as_table(mutation: Mutation) -> RenderableType:
    """A row for each exercise, then each survivor as the entry that the file of reviewed mutants would need."""
    table = Table(title=f"{mutation.notebook}: mutants", title_justify="left", pad_edge=False, show_footer=True)
    groups = (mutation.mutants, mutation.equivalent, mutation.survivors)
    counts = [Counter(mutant.exercise for mutant in group) for group in groups]
    score = Text(f"{mutation.score:.1%}", style="bold red" if mutation.survivors else "green")
    table.add_column("exercise", footer=Text("all, and the share caught: ").append(score))
    for heading, group in zip(("mutants", "mean the same", "survive"), groups, strict=True):
        table.add_column(heading, footer=str(len(group)), justify="right")
    for exercise in counts[0]:
        table.add_row(exercise, *(str(count[exercise]) for count in counts))
    if not mutation.survivors:
        return table
    advice = Text(f"\nStrengthen the tests, or enter what means the same, with the reason, in {FILE}:", style="bold")
    return Group(table, advice, *(Text(f"\n# {m.operator}\n{as_entry(m)}") for m in mutation.survivors))
