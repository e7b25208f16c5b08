"""Which tile suits a correlation: a small model of what a CPU does in a cycle, tried on every tile that fits.

A step of a tile loads `vectors` weights and one number for each pixel, and makes vectors x pixels fused multiply-adds.
The CPU starts two of each per cycle; a running sum is ready again after four. Sums, weights and pixels must fit into
the registers, else LLVM spills them and the tile is three times slower.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy.typing as npt

from chainrule.kernels.simd.cpu import registers
from chainrule.kernels.simd.tile import Tile

__all__ = ["TileChoice", "choose_tile", "dtype_name", "lanes_for", "step_cycles"]

# Sizes that are tried. 24 pixels are the most that leave registers free; between 10 and 24 the steps are wider, because
# the last tile of a row overlaps its neighbour and every size fits somehow.
ROWS = (1, 2, 3, 4, 6, 8)
COLUMNS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24)
MOST_VECTORS = 4  # of weights in a step: more leave too few registers for pixels
# The next three are tuned on the benchmark's shapes, not derived.
LATENCY = 4.2  # cycles until a sum can be added to again: 4 by the tables; above, so that tiles that just fill 4 lose
LOADS = 1.1  # a load counts a tenth more than a multiply-add, so that the squarer of two tiles wins
START = 25  # cycles to call a tile and to store its sums
TIE = 0.999  # of two tiles that differ by rounding only, the first and smaller one stays


class TileChoice(NamedTuple):
    """A tile, how many neighbouring output pixels share its lanes, and the cycles that all outputs are to take."""

    group: int
    tile: Tile
    cycles: float


def dtype_name(array: npt.NDArray[Any]) -> str:
    """Either "float32" or "float64"; NumPy's `dtype.name` takes longer than a tiny convolution."""
    return "float64" if array.itemsize == 8 else "float32"


def lanes_for(channels: int, itemsize: int) -> int:
    """Lanes of a vector for so many channels: the widest, or less if half of it is enough; at least 16 bytes."""
    lanes = registers().size // itemsize
    while lanes > 16 // itemsize and channels <= lanes // 2:
        lanes //= 2
    return lanes


def _fits(pixels: int, vectors: int) -> bool:
    """Whether LLVM keeps the sums in registers, as measured.

    With AVX-512 and one vector of weights, a pixel is read straight into the multiply-add; with more it takes a
    register. Without AVX-512 every pixel takes one, and some are read before their turn: a quarter is left for them.
    """
    number, sums = registers().number, pixels * vectors
    if registers().avx512:
        return sums + vectors + (pixels if vectors > 1 else 1) <= number
    return sums <= 3 * number // 4 and sums + vectors + 1 <= number


def step_cycles(pixels: int, vectors: int) -> float:
    """Cycles of one multiply-add of the tile: by its arithmetic, its loads, or the wait for its sums."""
    return max(pixels * vectors / 2, LOADS * (pixels + vectors) / 2, LATENCY)


@lru_cache(maxsize=1024)
def choose_tile(
    dtype: str,
    rows: int,
    columns: int,
    channels: int,
    steps: int,
    windows: tuple[int, ...] = (1,),
    masked: bool = False,
) -> TileChoice:
    """The quickest tile for rows x columns output pixels of `channels` numbers each, by the model above.

    Args:
        dtype: "float32" or "float64".
        rows: output rows.
        columns: output pixels of a row.
        channels: numbers in an output pixel.
        steps: multiply-adds for each input pixel that a group of outputs meets.
        windows: how many input pixels of a row a group of 1, 2, ... outputs meets; its length is the largest group.
        masked: whether the tile must not read weights beyond the last channel.
    """
    itemsize = 8 if dtype == "float64" else 4
    best: TileChoice | None = None
    for group in range(1, min(len(windows), columns) + 1):
        needed = group * channels
        lanes = lanes_for(needed, itemsize)
        if group > 1 and needed > lanes:  # a group shares one vector
            break
        for vectors in range(1, min(MOST_VECTORS, -(-needed // lanes)) + 1):
            panels = -(-needed // (vectors * lanes))
            for i in ROWS:
                for j in COLUMNS:
                    if i > rows or j * group > columns or not _fits(i * j, vectors):
                        continue
                    tiles = -(-columns // (j * group)) * -(-rows // i) * panels
                    cycles = steps * windows[group - 1] * step_cycles(i * j, vectors) + START + i * j * vectors
                    if best is None or tiles * cycles < best.cycles * TIE:
                        mask = masked and needed % (vectors * lanes) != 0
                        best = TileChoice(group, Tile(dtype, i, j, vectors, lanes, mask), tiles * cycles)
    return best or TileChoice(1, Tile(dtype, 1, 1, 1, lanes_for(channels, itemsize), masked), 0.0)
