"""Mistakes that students make, exercise by exercise, each as the wrong formula itself.

A check that fails compares what came with what each of these would have returned for the same arguments. There is a
package for each notebook; a module has two tables, TEXTS (identifier: sentence) and MISTAKES (exercise: identifier:
formula). To add a mistake, write its sentence in TEXTS (`N_` marks it for the Chinese catalogue) and its formula in the
table of its exercise; within an exercise the likeliest mistake stands first. A formula takes the exercise's arguments
and returns what the wrong answer returns, or a dictionary with the wrong values by name. Where exercises of two
notebooks share a name, the table's key is the whole call, "train(params, x, y)".
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

__all__ = ["MODULES", "known_mistakes"]

MODULES: Mapping[str, tuple[str, ...]] = {
    "regression": ("logistic", "network"),
    "sgd": ("descent", "adaptive", "schedules", "training"),
    "convolution": ("filters", "multichannel"),
    "backprop": ("layers", "shared_weights"),
    "max_pool": ("unit_pools", "window_pools"),
    "tf_conv": ("layouts", "operations"),
    "lenet": ("network", "training"),
}
"""Modules with tables, by notebook. They are imported when a check fails, not before: they hold halves of right answers
too, and students' code is graded where they do not exist."""

Replica = Callable[..., Any]


def known_mistakes(exercise: str, arguments: Sequence[str] = ()) -> dict[str, tuple[str, Replica]]:
    """Sentence and wrong formula of each known mistake of an exercise, by identifier, the likeliest first.

    >>> sentence, formula = known_mistakes("sigmoid")["identity"]
    >>> formula(3.0)
    3.0
    >>> "hidden-bias-ignored" in known_mistakes("network_loss", ("params", "x", "y"))
    False
    """
    tables = [
        import_module(f"{__name__}.{notebook}.{module}") for notebook, modules in MODULES.items() for module in modules
    ]
    for key in (f"{exercise}({', '.join(arguments)})", exercise):
        for table in tables:
            if key in table.MISTAKES:
                return {name: (table.TEXTS[name], replica) for name, replica in table.MISTAKES[key].items()}
    return {}
