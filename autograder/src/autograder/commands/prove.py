"""`autograder prove`: are the tests right about answers whose worth is known?"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from autograder.commands.options import console, jobs_option, json_option, solutions_option, subcommand
from autograder.commands.progress import tracked
from autograder.course.source import Source, load_source
from autograder.files import write_whole
from autograder.proof.comparison import as_json as comparison_json
from autograder.proof.comparison import as_table as comparison_table
from autograder.proof.comparison import compare
from autograder.proof.matrix import as_page, as_table
from autograder.proof.mutate import as_json as mutants_json
from autograder.proof.mutate import as_table as mutants_table
from autograder.proof.mutate import mutate
from autograder.proof.seeds import try_seeds
from autograder.proof.trials import CPU_S
from autograder.proof.verdicts import as_json, chosen_sources, prove
from autograder.sandbox import choose_tier

__all__ = ["command"]


@subcommand("prove")
@click.argument("notebook", required=False)
@click.argument("exercise", required=False)
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Write the matrix as a page, too.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=CPU_S,
    show_default=True,
    help="Processor time for one answer and its tests.",
)
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    help="Instead: run the right answers under so many seeds of the tests' random inputs.",
)
@click.option(
    "--mutate", "mutants", is_flag=True, help="Instead: change the solutions in every way; all must be caught."
)
@click.option(
    "--graded",
    is_flag=True,
    help="Instead: grade every answer in the sandbox, too, and list where grading and proving differ.",
)
@jobs_option("Answers")
@solutions_option
@json_option
def command(
    notebook: str | None,
    exercise: str | None,
    html_path: Path | None,
    seconds: float,
    seeds: int | None,
    mutants: bool,
    graded: bool,
    jobs: int,
    solutions: Path,
    machine: bool,
) -> None:
    """Try the tests on wrong and right answers: answers/wrong/, answers/right/.

    Ends with status 1 if a wrong answer gets full marks or is told another mistake than its docstring says, if a right
    answer or the notebook's own solution loses points, or if an untouched exercise has some; with --mutate, if a change
    goes unnoticed that answers/equivalent-mutants.toml does not explain; with --graded, if an answer is given other
    points or told something else when it is graded.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    sources = [load_source(path) for path in chosen_sources(solutions, notebook)]
    if seeds:
        sound = _try_seeds(sources, exercise, seeds, jobs, machine)
    elif mutants:
        sound = _mutate(sources, exercise, seconds, jobs, machine)
    elif graded:
        sound = _compare(sources, exercise, seconds, jobs, machine)
    else:
        sound = _prove(sources, exercise, seconds, jobs, machine, html_path)
    if not sound:
        sys.exit(1)


def _prove(
    sources: Sequence[Source], exercise: str | None, seconds: float, jobs: int, machine: bool, html_path: Path | None
) -> bool:
    proofs = []
    for source in sources:
        with tracked(f"proving {source.assignment}", quiet=machine) as advance:
            proofs.append(prove(source, exercise, jobs, seconds, advance))
        if not machine:
            console().print(as_table(proofs[-1]), "")
    if html_path:
        write_whole(html_path, as_page(proofs))
    if machine:
        click.echo(json.dumps(as_json(proofs)))
    return not any(proof.faults for proof in proofs)


def _try_seeds(sources: Sequence[Source], exercise: str | None, seeds: int, jobs: int, machine: bool) -> bool:
    found = []
    for source in sources:
        with tracked(f"{seeds} seeds, {source.assignment}", quiet=machine) as advance:
            found.append(try_seeds(source, exercise, seeds, jobs, advance))
        if not machine:
            console().print(found[-1].as_text())
    if machine:
        click.echo(json.dumps({"notebooks": {steadiness.notebook: steadiness.as_json() for steadiness in found}}))
    return not any(steadiness.refused for steadiness in found)


def _mutate(sources: Sequence[Source], exercise: str | None, seconds: float, jobs: int, machine: bool) -> bool:
    found = []
    for source in sources:
        with tracked(f"mutants of {source.assignment}", quiet=machine) as advance:
            found.append(mutate(source, exercise, jobs, seconds, advance))
        if not machine:
            console().print(mutants_table(found[-1]), "", soft_wrap=True)
    if machine:
        click.echo(json.dumps(mutants_json(found)))
    return not any(mutation.survivors for mutation in found)


def _compare(sources: Sequence[Source], exercise: str | None, seconds: float, jobs: int, machine: bool) -> bool:
    tier = choose_tier()
    comparisons = []
    for source in sources:
        with tracked(f"grading the answers to {source.assignment}", quiet=machine) as advance:
            found = compare(source, tier, exercise, jobs, seconds, advance)
        comparisons += found
        if not machine:
            console().print(comparison_table(source.assignment, found))
    if machine:
        click.echo(json.dumps(comparison_json(comparisons), ensure_ascii=False))
    return all(one.proved == one.graded for one in comparisons)
