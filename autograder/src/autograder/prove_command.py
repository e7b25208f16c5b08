"""`autograder prove`: are the tests right about answers whose worth is known?"""

import json
import os
import sys
from pathlib import Path

import click

from autograder.files import write_whole
from autograder.matrix import as_page, as_table
from autograder.options import console, jobs_option, json_option, solutions_option
from autograder.progress import tracked
from autograder.prove import Proof, as_json, prove, wanted
from autograder.source import load_source
from autograder.trials import CPU_S

__all__ = ["prove_command"]


@click.command("prove")
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
@jobs_option("Answers")
@solutions_option
@json_option
def prove_command(
    notebook: str | None,
    exercise: str | None,
    html_path: Path | None,
    seconds: float,
    jobs: int,
    solutions: Path,
    machine: bool,
) -> None:
    """Try the tests on wrong and right answers: answers/wrong/, answers/right/.

    Ends with status 1 if a wrong answer gets full marks or is told another mistake than its docstring says, if a right
    answer or the notebook's own solution loses points, or if an untouched exercise has some.
    """
    proofs: list[Proof] = []
    for path in wanted(solutions, notebook):
        with tracked(f"proving {path.parent.name}", quiet=machine) as advance:
            proofs.append(prove(load_source(path), exercise, jobs or len(os.sched_getaffinity(0)), seconds, advance))
        if not machine:
            console().print(as_table(proofs[-1]), "")
    if html_path:
        write_whole(html_path, as_page(proofs))
    if machine:
        click.echo(json.dumps(as_json(proofs)))
    if any(proof.faults for proof in proofs):
        sys.exit(1)
