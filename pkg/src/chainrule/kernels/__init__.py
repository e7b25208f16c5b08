"""The loops that do the work, twice: `reference` in readable NumPy, `compiled` by Numba with explicit SIMD vectors.

Both have the same functions with the same arguments, and check nothing: `chainrule.ops` checks, allocates and calls.
The environment variable CHAINRULE_KERNELS chooses: "compiled" (the default) or "reference".
"""

import importlib
import os
from functools import cache
from typing import Any

from chainrule.errors import ChainruleError, explain
from chainrule.kernels.memory import empty

__all__ = ["active", "empty"]


@cache
def active() -> Any:  # a module: `reference` and `compiled` have the same functions
    """The module of kernels that this process uses, imported at the first call: Numba takes its time."""
    choice = os.environ.get("CHAINRULE_KERNELS", "compiled")
    if choice not in ("reference", "compiled"):
        raise ChainruleError(
            explain(
                "CHAINRULE_KERNELS names no kernels",
                got=repr(choice),
                expected='"compiled" or "reference"',
                fix="unset it",
            )
        )
    return importlib.import_module(f"chainrule.kernels.{choice}")
