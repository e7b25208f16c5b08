"""The kill matrix: which answer lost points on which property, as a table for the terminal and as a page."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.proof.verdicts import Proof, Verdict
from autograder.reports.templates import render

__all__ = ["as_page", "as_table"]

EXPLAINED = {
    "survivor": "a wrong answer has full marks",
    "refused": "a right answer loses points",
    "diagnosis missed": "the report does not name the mistake",
    "stub scores": "an untouched exercise has points",
}


def as_table(proof: Proof) -> RenderableType:
    """A row of counts for each exercise, then every fault with the report's words."""
    table = Table(title=proof.notebook, title_justify="left", pad_edge=False, show_footer=True)
    totals = _row("", proof.verdicts)
    for heading, total in zip(("exercise", *_HEADINGS), totals, strict=True):
        table.add_column(heading, footer=total, justify="left" if heading == "exercise" else "right", no_wrap=True)
    for exercise in proof.exercises:
        table.add_row(*_row(exercise, proof.of(exercise)))
    return Group(table, *(line for verdict in proof.faults for line in _fault_lines(verdict)))


_HEADINGS = ("wrong", "killed", "diagnosed", "right", "full marks", "solution", "stub")


def _row(name: str, verdicts: Sequence[Verdict]) -> list[Text]:
    wrong, right, reference, stub = (
        [verdict for verdict in verdicts if verdict.answer.kind == kind]
        for kind in ("wrong", "right", "reference", "stub")
    )
    killed = sum(verdict.fault != "survivor" for verdict in wrong)
    return [
        Text(name or "all"),
        Text(str(len(wrong))),
        _count(killed, len(wrong)),
        _count(sum(not verdict.fault for verdict in wrong), len(wrong)),
        Text(str(len(right))),
        _count(sum(not verdict.fault for verdict in right), len(right)),
        _sound(reference),
        _sound(stub),
    ]


def _count(good: int, total: int) -> Text:
    return Text(str(good), style="green" if good == total else "bold red")


def _sound(verdicts: Sequence[Verdict]) -> Text:
    faults = sum(bool(verdict.fault) for verdict in verdicts)
    return Text(f"{faults} bad", style="bold red") if faults else Text("ok", style="green")


def _fault_lines(verdict: Verdict) -> list[Text]:
    answer, run = verdict.answer, verdict.run
    head = Text(f"\n{answer.kind}/{answer.name}: ", style="bold").append(EXPLAINED[verdict.fault], style="red")
    head.append(f", {run.points:g} of {run.max_points:g} points")
    if verdict.fault == "diagnosis missed":
        head.append(f"\n    expected: {answer.diagnosis}; got: {', '.join(run.diagnoses) or 'none'}")
    return [head, *(Text(f"    {line}", style="dim") for line in run.message.splitlines())]


def as_page(proofs: Sequence[Proof]) -> str:
    """A self-contained HTML page: for each exercise, a table of answers × properties."""
    kinds = [verdict.answer.kind for proof in proofs for verdict in proof.verdicts]
    return render(
        "matrix.html",
        notebooks=[
            {"name": proof.notebook, "exercises": [_exercise(name, proof.of(name)) for name in proof.exercises]}
            for proof in proofs
        ],
        wrong=kinds.count("wrong"),
        right=kinds.count("right"),
        faults=[(proof.notebook, verdict) for proof in proofs for verdict in proof.faults],
        explained=EXPLAINED,
    )


def _exercise(name: str, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """One exercise's table: a column for each property, in the report's order, with the number that it catches."""
    properties = {p.name: p.hidden for verdict in verdicts for p in verdict.run.properties}
    rows: list[tuple[Verdict, list[bool | None]]] = []
    for verdict in verdicts:
        passed = {p.name: p.passed for p in verdict.run.properties}
        rows.append((verdict, [passed.get(title) for title in properties]))
    wrong = [cells for verdict, cells in rows if verdict.answer.kind == "wrong"]
    caught = [sum(cells[i] is False for cells in wrong) for i in range(len(properties))]
    return {
        "name": name,
        "columns": [
            {"title": title, "hidden": hidden, "caught": count}
            for (title, hidden), count in zip(properties.items(), caught, strict=True)
        ],
        "rows": rows,
        "wrong": len(wrong),
        "right": sum(verdict.answer.kind == "right" for verdict in verdicts),
        "max_points": verdicts[0].run.max_points if verdicts else 0,
    }
