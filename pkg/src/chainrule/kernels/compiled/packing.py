"""Data brought into the shape that tiles read: weights as panels, images with zeros around them.

A panel is all steps of a filter for `width` output channels, one row of weights after the other. A table says where
each weight of the panels comes from, so that one loop lays out any filter, flipped or banded.
"""

from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.tile_choice import dtype_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import address, as_array, load_args, load_int, store_args
from chainrule.kernels.simd.copying import copy, transpose, zero
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import TASKS, parallel_for, parallel_loop
from chainrule.kernels.simd.tile import width

__all__ = [
    "Array",
    "PanelArgs",
    "Table",
    "bias_lanes",
    "gather_into",
    "pack_panel",
    "padded_image",
    "panel_table",
    "panels_of",
]

Array: TypeAlias = npt.NDArray[np.floating]
Table: TypeAlias = npt.NDArray[np.int64]

SMALL = 4096  # numbers: to wake threads for less takes longer than the work


class GatherArgs(NamedTuple):
    """Addresses of `outputs` sums and of a table of `terms` indices for each, into `size` values."""

    values: int
    size: int
    table: int
    outputs: int
    terms: int  # 1 for weights, more where a weight's sums lie in several lanes
    out: int


@jit
def gather_band(tile, task, args):
    """A band of out[i] = sum over j of values[table[i, j]]."""
    a = load_args(GatherArgs, args)
    values, out = as_array(tile, a.values, a.size), as_array(tile, a.out, a.outputs)
    for i in range(a.outputs * task // TASKS, a.outputs * (task + 1) // TASKS):
        total = out.dtype.type(0)
        for j in range(i * a.terms, (i + 1) * a.terms):
            # A table entry of -1 stands for 0: lanes that fill up a panel, gaps of a banded one.
            if load_int(a.table, j) >= 0:
                total += values[load_int(a.table, j)]
        out[i] = total


@jit
def gather(loop, values, table, out):
    """out[i] = sum over j of values[table[i, j]], where -1 in the table adds nothing."""
    outputs, terms = table.shape
    record = GatherArgs(
        values=address(values),
        size=values.size,
        table=address(table),
        outputs=outputs,
        terms=terms,
        out=address(out),
    )
    parallel_for(loop, TASKS, table.size, store_args(record))


def gather_into(out: Array, values: Array, table: Table) -> None:
    """out[i] = sum over j of values[table[i, j]], all contiguous, where -1 in the table adds nothing."""
    gather(parallel_loop(gather_band, dtype_name(values)), values.reshape(-1), table, out.reshape(-1))


def panel_table(source: npt.NDArray[np.int64], width: int) -> Table:
    """The table of all panels: indices (steps, channels) cut into panels of `width`; -1 for the lanes that fill up."""
    steps, channels = source.shape
    full = np.full((steps, -(-channels // width) * width), -1, np.int64)
    full[:, :channels] = source
    return np.ascontiguousarray(full.reshape(steps, -1, width).transpose(1, 0, 2)).reshape(-1, 1)


def panels_of(w: Array, table: Table | None) -> Array:
    """The panels, valid until this thread packs again; w as it is where there is no table."""
    if table is None:
        return w.reshape(-1)
    if len(table) < SMALL:
        panels = w.reshape(-1).take(table[:, 0])
        panels[table[:, 0] < 0] = 0
        return panels
    panels = scratch("panels", (len(table),), w.dtype)
    gather_into(panels, w, table)
    return panels


@cache
def _zeros(lanes: int, dtype: str) -> Array:
    return np.zeros(lanes, dtype)


def bias_lanes(b: Array | None, lanes: int, dtype: str) -> Array:
    """b, again and again, for so many lanes; zeros where there is none. What fills up a panel is never stored."""
    if b is None:
        return _zeros(lanes, dtype)
    if b.size == lanes:
        return b
    whole = lanes - lanes % b.size
    # A panel of a group of pixels has a bias for each pixel; panels that are wider than that are filled up.
    repeated = scratch("biases", (lanes,), b.dtype)
    repeated[:whole].reshape(-1, b.size)[...] = b
    repeated[whole:] = 0
    return repeated


class PanelArgs(NamedTuple):
    """A panel of a matrix: `w_row` elements from one of its `steps` steps to the next, `w_lane` from lane to lane."""

    w: int
    w_offset: int
    w_row: int  # 1 where w is transposed
    w_lane: int  # 1 where w is not transposed
    panel: int
    panel_offset: int
    steps: int
    lanes: int  # of the tile's vectors


@jit
def pack_panel(tile, args):
    """panel[d * width + i] = w[d * w_row + i * w_lane] for all d below steps and i below width, from their offsets.

    Either w_lane is 1, or w_row is 1 and steps at least `lanes`, those of the tile.
    """
    a = load_args(PanelArgs, args)
    if a.w_lane == 1:
        for d in range(a.steps):
            copy(tile, a.w, a.w_offset + d * a.w_row, a.panel, a.panel_offset + d * width(tile), width(tile))
    else:
        for start in range(0, a.steps, a.lanes):
            d = min(start, a.steps - a.lanes)  # the last square overlaps its neighbour
            transpose(tile, a.w, a.w_offset + d, a.w_lane, a.panel, a.panel_offset + d * width(tile), width(tile))


class PadArgs(NamedTuple):
    """Images of H rows of `x_row` numbers, `top` rows and `left` numbers into images of `height` rows of `out_row`."""

    x: int
    out: int
    H: int
    x_row: int  # numbers of a row of the image
    top: int
    left: int
    height: int
    out_row: int  # numbers of a row with its zeros


@jit
def pad_row(tile, task, args):
    """One row of one image: zeros, or zeros to the left and right of x's row."""
    a = load_args(PadArgs, args)
    m = task // a.height
    h = task - m * a.height - a.top
    start = task * a.out_row
    if h < 0 or h >= a.H:
        zero(tile, a.out, start, a.out_row)
    else:
        zero(tile, a.out, start, a.left)
        copy(tile, a.x, (m * a.H + h) * a.x_row, a.out, start + a.left, a.x_row)
        zero(tile, a.out, start + a.left + a.x_row, a.out_row - a.left - a.x_row)


@jit
def pad(loop, x, top, left, out):
    """`out` = x with zeros around it; out's shape says how many come after."""
    M, H, W, C = x.shape
    height, out_row = out.shape[1], out.shape[2] * C
    record = PadArgs(
        x=address(x), out=address(out), H=H, x_row=W * C, top=top, left=left * C, height=height, out_row=out_row
    )
    parallel_for(loop, M * height, out.size // 8, store_args(record))


def padded_image(role: str, x: Array, corner: tuple[int, int], size: tuple[int, int]) -> Array:
    """x (M, H, W, C) at a corner (top, left) of images of zeros of a size; x itself if nothing is missing.

    `role` names the buffer: the result is valid until this thread pads for the same role again.
    """
    M, H, W, C = x.shape
    top, left = corner
    if corner == (0, 0) and size == (H, W):
        return x
    out = scratch(role, (M, *size, C), x.dtype)
    if out.size < SMALL:
        out[...] = 0
        out[:, top : top + H, left : left + W] = x
    else:
        pad(parallel_loop(pad_row, dtype_name(x)), x, top, left, out)
    return out
