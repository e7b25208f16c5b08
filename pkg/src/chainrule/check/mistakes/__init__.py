"""Mistakes that students make, exercise by exercise, each as the wrong formula itself.

A check that fails compares what came with what each of these would have returned for the same arguments. To add one:
write its sentence in the table of its identifier (`N_` marks it for the Chinese catalogue) and its formula in the table
of its exercise. A formula takes the exercise's arguments and returns what the wrong answer returns, or a dictionary
with the wrong values by name. Where exercises of two notebooks share a name, the table's is the whole call,
"train(params, x, y)".
"""

from collections.abc import Callable, Sequence
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
    "backprop",
    "sharing",
    "layouts",
    "tensorflow",
    "lenet",
    "lenet_training",
    "pools",
    "pooling",
)
"""Where to look, in this order. They are read when a check fails, not before: they hold halves of right answers too."""

Replica = Callable[..., Any]


def known_mistakes(exercise: str, arguments: Sequence[str] = ()) -> dict[str, tuple[str, Replica]]:
    """Sentence and wrong formula of each known mistake of an exercise, by identifier, the likeliest first.

    >>> sentence, formula = known_mistakes("sigmoid")["identity"]
    >>> formula(3.0)
    3.0
    >>> "hidden-bias-ignored" in known_mistakes("network_loss", ("params", "x", "y"))
    False
    """
    tables = [import_module(f"chainrule.check.mistakes.{module}") for module in MODULES]
    for key in (f"{exercise}({', '.join(arguments)})", exercise):
        for table in tables:
            if key in table.MISTAKES:
                return {name: (table.TEXTS[name], replica) for name, replica in table.MISTAKES[key].items()}
    return {}
