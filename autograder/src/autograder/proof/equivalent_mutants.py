"""Equivalent mutants: those that a person has found to mean the same, in answers/equivalent-mutants.toml.

An entry holds the lines that the mutation removes and adds, and the reason:

[[sigmoid]]
was = "return np.where(z >= 0, 1.0, decay) / (1.0 + decay)"
becomes = "return np.where(z > 0, 1.0, decay) / (1.0 + decay)"
reason = "at z = 0 the decay is 1, so both branches give 1/2"
"""

import json
import tomllib
from collections.abc import Collection, Iterable

from autograder.course.source import Source
from autograder.errors import SourceError
from autograder.proof.mutants import Mutant

__all__ = ["FILE", "as_entry", "check_entries", "load_equivalent_mutants"]

FILE = "answers/equivalent-mutants.toml"
_KEYS = {"was", "becomes", "reason"}

Identity = tuple[str, str, str]


def load_equivalent_mutants(source: Source) -> dict[Identity, str]:
    """Reasons by the identity of each reviewed mutant; empty if there is no file.

    Raises:
        SourceError: the file cannot be read, or an entry is incomplete or there twice.
    """
    path = source.path.parent / FILE
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SourceError(f"{path} cannot be read", got=str(error), expected="TOML", fix="correct it") from error
    reasons: dict[Identity, str] = {}
    for exercise, entries in tables.items():
        for entry in entries if isinstance(entries, list) else [{}]:
            texts = {key: str(value).strip() for key, value in entry.items()} if isinstance(entry, dict) else {}
            if texts.keys() != _KEYS or not texts["was"] or not texts["reason"]:
                raise SourceError(
                    f"{path}: an entry of {exercise} is incomplete",
                    got=json.dumps(entry, ensure_ascii=False, default=str),
                    expected="was, becomes and a reason",
                    fix="say why the mutant means the same",
                )
            identity = (exercise, texts["was"], texts["becomes"])
            if identity in reasons:
                raise SourceError(f"{path}: an entry is there twice", got=texts["becomes"], fix="remove one of them")
            reasons[identity] = texts["reason"]
    return reasons


def check_entries(
    source: Source, reviewed: Iterable[Identity], mutants: Collection[Identity], killed: Collection[Identity]
) -> None:
    """Check that every entry names a mutant that exists and that the tests do not catch.

    Raises:
        SourceError: an entry is stale.
    """
    for exercise, was, becomes in reviewed:
        identity = (exercise, was, becomes)
        if identity in mutants and identity not in killed:
            continue
        raise SourceError(
            f"{source.path.parent / FILE}: an entry of {exercise} is stale",
            got=f"{was!r} becoming {becomes!r}, which "
            + ("the tests catch" if identity in killed else "is no mutant of the present solution"),
            expected="mutants that survive",
            fix="remove the entry",
        )


def as_entry(mutant: Mutant) -> str:
    """The entry that a survivor would need, with an empty reason for a person to fill in."""
    return "\n".join(
        (
            f"[[{mutant.exercise}]]",
            f"was = {_quoted(mutant.was)}",
            f"becomes = {_quoted(mutant.becomes)}",
            'reason = ""',
        )
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
