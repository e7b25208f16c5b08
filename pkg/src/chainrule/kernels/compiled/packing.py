"""Weights as a tile reads them: panels of its width, one after the other.

A table says where each weight of the panels comes from, so that one loop lays out any filter, turned around or banded.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.conv_loops import gather, gather_part
from chainrule.kernels.compiled.tile_choice import float_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.parallel import shared

__all__ = ["SMALL", "Array", "Table", "packed", "panels_of"]

Array: TypeAlias = npt.NDArray[np.floating]
Table: TypeAlias = npt.NDArray[np.int64]

SMALL = 4096  # numbers: to wake threads for less takes longer than the work


def panels_of(source: npt.NDArray[np.int64], width: int) -> Table:
    """(steps, lanes) of indices as panels of `width` lanes one after the other, -1 for the lanes that fill up."""
    steps, lanes = source.shape
    full = np.full((steps, -(-lanes // width) * width), -1, np.int64)
    full[:, :lanes] = source
    return np.ascontiguousarray(full.reshape(steps, -1, width).transpose(1, 0, 2)).reshape(-1, 1)


def packed(table: Table | None, w: Array) -> Array:
    """The panels, until this thread packs again; w as it is where there is no table."""
    if table is None:
        return w.reshape(-1)
    if len(table) < SMALL:
        few = w.reshape(-1).take(table[:, 0])
        few[table[:, 0] < 0] = 0
        return few
    panels = scratch("panels", (len(table),), w.dtype)
    gather(shared(gather_part, float_name(w)), w.reshape(-1), table, panels)
    return panels
