"""The loops that do the work, twice: `plain` in readable NumPy, `tiled` compiled by Numba with explicit SIMD vectors.

Both have the same functions with the same arguments, and check nothing: `chainrule.ops` checks, allocates and calls.
The environment variable CHAINRULE_KERNELS chooses: "tiled" (the default) or "plain".
"""

import importlib
import os
from functools import cache
from typing import Any

from chainrule.errors import ChainruleError, explain
from chainrule.kernels._memory import empty

__all__ = ["active", "empty"]


@cache
def active() -> Any:  # a module: `plain` and `tiled` have the same functions
    """The module of kernels that this process uses, imported at the first call: Numba takes its time."""
    choice = os.environ.get("CHAINRULE_KERNELS", "tiled")
    if choice not in ("plain", "tiled"):
        raise ChainruleError(
            explain(
                "CHAINRULE_KERNELS names no kernels", got=repr(choice), expected='"tiled" or "plain"', fix="unset it"
            )
        )
    return importlib.import_module(f"chainrule.kernels.{choice}")
