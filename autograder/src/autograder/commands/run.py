"""`autograder run`: one submission, with everything about its run on the terminal."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click
import nbformat
import nh3
from rich.markup import escape

from autograder.commands.options import console, course_option, json_option, subcommand
from autograder.course.folder import Course
from autograder.course.gradebook import find_assignment, notebook_name
from autograder.files import write_whole
from autograder.grading.transcript import Transcript, transcribe
from autograder.log import escaped
from autograder.sandbox import TierName, choose_tier

__all__ = ["command"]

SHOWN_LINES = 40
"""Of each output; `--keep` keeps all of it."""
TIERS = [name for name in get_args(TierName) if name != "none"]


@subcommand("run")
@click.argument("submitted", metavar="NOTEBOOK.ipynb", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "assignment", metavar="NOTEBOOK", help="What it is a submission of.  [default: its file's name]")
@click.option("--cell", "cells", multiple=True, metavar="ID", help="Only this test or cell, and the cells before it.")
@click.option("--keep", is_flag=True, help="Keep notebook, outputs and messages in a folder, and say where.")
@click.option("--tier", type=click.Choice(TIERS), help="Of the sandbox.  [default: the best one that holds]")
@course_option
@json_option
def command(
    submitted: Path,
    assignment: str | None,
    cells: tuple[str, ...],
    keep: bool,
    tier: TierName | None,
    course: Course,
    machine: bool,
) -> None:
    """Run one submission and show everything about it: plan, outputs, messages between the sides, ending, usage.

    Nothing is stored and no score is entered. Hidden tests show, so this is not for students' eyes.
    """
    assignment = find_assignment(course, assignment or submitted.stem)
    name = notebook_name(course, assignment)
    transcript = transcribe(course, assignment, name, submitted, choose_tier(name=tier), only=cells)
    if keep:
        click.echo(f"kept in {_keep(transcript, course, submitted)}", err=machine)
    if machine:
        click.echo(json.dumps(_as_json(transcript), ensure_ascii=False))
    else:
        for line in _lines(transcript):
            console().print(line, soft_wrap=True)


def _lines(transcript: Transcript) -> Iterator[str]:
    yield f"[bold]{transcript.assignment}[/], tier {transcript.tier}"
    yield "\n[bold]plan[/]"
    width = max(len(cell.id) for cell in transcript.plan.cells)
    for cell in transcript.plan.cells:
        lines = len(cell.source.splitlines())
        binds = f", binds {', '.join(cell.binds)}" if cell.binds else ""
        yield f"  {cell.kind:13} {cell.id:{width}}  {lines} lines{escape(binds)}"
    yield f"  proxies for {', '.join(transcript.plan.functions) or 'nothing'}"
    yield "\n[bold]outputs[/]"
    for cell in transcript.plan.cells:
        if cell.id in transcript.cells:
            points = f": {transcript.scores[cell.id]:g} points" if cell.id in transcript.scores else ""
            yield f"  [bold]{cell.id}[/]{points}"
            yield from (f"    {escape(line)}" for line in _output_lines(transcript.cells[cell.id].outputs))
    for number, sandbox in enumerate(transcript.sandboxes, start=1):
        yield f"\n[bold]messages[/] of sandbox {number}: seconds, direction, channel (0 is the supervisor)"
        for seconds, direction, channel, message in sandbox.messages:
            yield f"  {seconds:8.4f} {direction} {channel:<3} {escape(escaped(message))}"
        used = sandbox.usage
        ending = "everything has run" if sandbox.finished else f"{sandbox.ending}"
        yield f"[bold]ending[/] {escape(ending)}"
        yield (
            f"[bold]usage[/] {sandbox.cpu_s:.2f} s of processor time in the run, {used.cpu_s:.2f} s with the start; "
            f"{used.memory_mib:.0f} MiB, {used.processes} processes at most"
        )
    reason = f": {transcript.reason}" if transcript.reason else ""
    yield f"\n[bold]{transcript.state}[/]{escape(escaped(reason))}, {transcript.run.wall_s:.2f} s"


def _output_lines(outputs: list[dict[str, Any]]) -> list[str]:
    lines = [line for output in outputs for line in escaped(_text_of(output)).splitlines()]
    more = len(lines) - SHOWN_LINES
    return lines if more <= 0 else [*lines[:SHOWN_LINES], f"… and {more} lines more"]


def _text_of(output: dict[str, Any]) -> str:
    """An output as text; of a report, the sentences that its page has."""
    if output["output_type"] == "stream":
        return f"{output['name']}: {output['text']}"
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    data = output["data"]
    if "text/html" in data:
        broken = re.sub(r"</(?:div|p|li|tr|pre|td)>|<br ?/?>", r"\g<0>\n", data["text/html"])
        lines = html.unescape(nh3.clean(broken, tags=set())).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())
    return str(data.get("text/plain") or f"({', '.join(data)})")


def _as_json(transcript: Transcript) -> dict[str, Any]:
    return {
        "assignment": transcript.assignment,
        "tier": transcript.tier.name,
        "state": transcript.state,
        "reason": transcript.reason,
        "wall_s": transcript.run.wall_s,
        "scores": transcript.scores,
        "plan": asdict(transcript.plan),
        "cells": {cell: asdict(run) for cell, run in transcript.cells.items()},
        "sandboxes": [asdict(sandbox) for sandbox in transcript.sandboxes],
    }


def _keep(transcript: Transcript, course: Course, submitted: Path) -> Path:
    """A folder for the owner of the course alone: what is in it quotes hidden tests."""
    runs = course.root / ".runs"
    runs.mkdir(mode=0o700, exist_ok=True)
    numbers = [int(path.suffix[1:]) for path in runs.glob(f"{submitted.stem}.*") if path.suffix[1:].isdecimal()]
    folder = runs / f"{submitted.stem}.{1 + max(numbers, default=0)}"
    folder.mkdir()
    write_whole(folder / f"{transcript.assignment}.ipynb", nbformat.writes(transcript.notebook))
    write_whole(folder / "transcript.json", json.dumps(_as_json(transcript), ensure_ascii=False, indent=1))
    return folder
