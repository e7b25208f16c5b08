"""Mistakes that students make, exercise by exercise, each as the wrong formula itself.

A check that fails compares what came with what each of these would have returned for the same arguments. To add one:
write its sentence in the table of its identifier (`N_` marks it for the Chinese catalogue) and its formula in the table
of its exercise. A formula takes the exercise's arguments and returns what the wrong answer returns, or a dictionary
with the wrong values by name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chainrule.check.mistakes import logistic, network

__all__ = ["known_mistakes"]

Replica = Callable[..., Any]


def known_mistakes(exercise: str) -> dict[str, tuple[str, Replica]]:
    """Sentence and wrong formula of each known mistake of an exercise, by identifier, the likeliest first.

    >>> sentence, formula = known_mistakes("sigmoid")["identity"]
    >>> formula(3.0)
    3.0
    """
    for texts, tables in _TABLES:
        if exercise in tables:
            return {name: (texts[name], replica) for name, replica in tables[exercise].items()}
    return {}


_TABLES: tuple[tuple[Mapping[str, str], Mapping[str, Mapping[str, Replica]]], ...] = (
    (logistic.TEXTS, logistic.MISTAKES),
    (network.TEXTS, network.MISTAKES),
)
