"""Mistakes that students make, exercise by exercise, each as the wrong formula itself.

A check that fails compares what came with what each of these would have returned for the same arguments. To add one:
write its sentence in the table of its identifier (`N_` marks it for the Chinese catalogue) and its formula in the table
of its exercise. A formula takes the exercise's arguments and returns what the wrong answer returns, or a dictionary
with the wrong values by name.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["MODULES", "known_mistakes"]

MODULES = (
    "logistic",
    "network",
    "descent",
    "adaptive",
    "schedules",
    "training",
    "filters",
    "convolution",
    "pools",
    "pooling",
)
"""Where to look, in this order. They are read when a check fails, not before: they hold halves of right answers too."""

Replica = Callable[..., Any]


def known_mistakes(exercise: str) -> dict[str, tuple[str, Replica]]:
    """Sentence and wrong formula of each known mistake of an exercise, by identifier, the likeliest first.

    >>> sentence, formula = known_mistakes("sigmoid")["identity"]
    >>> formula(3.0)
    3.0
    """
    for module in MODULES:
        tables = import_module(f"chainrule.check.mistakes.{module}")
        if exercise in tables.MISTAKES:
            return {name: (tables.TEXTS[name], replica) for name, replica in tables.MISTAKES[exercise].items()}
    return {}
