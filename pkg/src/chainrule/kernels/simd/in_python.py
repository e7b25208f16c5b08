"""The verbs of a tile in Python, for NUMBA_DISABLE_JIT=1: the same loop nests, one step at a time, every index checked.

An `address` is a flat view of the array here.
"""

import numpy as np

__all__ = [
    "add_to", "address", "call", "compiled", "counters", "index", "keep", "largest", "lowest", "move", "multiply_add",
    "numbers", "put", "stack", "start", "store", "take", "take_some", "turn", "view", "width", "wipe", "zero",
]  # fmt: skip


def _read(array, at, count):
    if not 0 <= at <= at + count <= array.size:
        raise IndexError(f"a tile reads {count} at {at} of {array.size}")
    return array[at : at + count]


def zero(tile):
    """sums[i, j, channel] = 0."""
    return np.zeros((tile.rows, tile.columns, tile.width), tile.dtype)


def start(tile, b, at):
    """sums[i, j, :] = b[at :]."""
    return np.tile(_read(b, at, tile.width), (tile.rows, tile.columns, 1))


def multiply_add(tile, sums, x, x_at, x_row, x_column, w, w_at, count):
    """sums[i, j, :] += x[...] * w[...]."""
    weights = _read(w, w_at, min(count, tile.width) if tile.masked else tile.width)
    for i, j in np.ndindex(tile.rows, tile.columns):
        sums[i, j, : len(weights)] += _read(x, x_at + i * x_row + j * x_column, 1) * weights
    return sums


def store(tile, sums, y, y_at, y_row, y_column, count, relu):
    """y[...] = sums[i, j, :], or max(0, ·)."""
    count = min(count, tile.width)
    for i, j in np.ndindex(tile.rows, tile.columns):
        total = sums[i, j, :count]
        _read(y, y_at + i * y_row + j * y_column, count)[:] = np.where(total <= 0, 0, total) if relu else total


def add_to(tile, sums, y, y_at):
    """y[y_at :] += sums, one after the other."""
    _read(y, y_at, sums.size)[:] += sums.reshape(-1)


def largest(tile, x, upper, lower, right, out, winner, at):
    """out[at :], winner[at :] = largest of four, and which."""
    four = np.stack([_read(x, start, tile.lanes) for start in (upper, upper + right, lower, lower + right)])
    which = four.argmax(axis=0)  # the first of equals; a NaN is the largest
    _read(out, at, tile.lanes)[:] = np.take_along_axis(four, which[None], axis=0)[0]
    _read(winner, at, tile.lanes)[:] = which


def lowest(tile, number):
    """The best of no entries, and who that was."""
    return np.full(tile.lanes, -np.inf, tile.dtype), np.full(tile.lanes, number)


def take(tile, best, x, at, number):
    """The better of `best` and x[at :]."""
    value, (old, who) = _read(x, at, tile.lanes), best
    larger = (value > old) | (np.isnan(value) & ~np.isnan(old))
    return np.where(larger, value, old), np.where(larger, number, who)


def put(tile, best, out, winner, at):
    """out[at :], winner[at :] = best."""
    _read(out, at, tile.lanes)[:], _read(winner, at, tile.lanes)[:] = best


def keep(tile, delta, winner, at, number, out, to):
    """out[to :] = delta[at :] where the number won, else 0."""
    won = _read(winner, at, tile.lanes) == number
    _read(out, to, tile.lanes)[:] = np.where(won, _read(delta, at, tile.lanes), 0)


def wipe(tile, target, to, count):
    """target[to :] = 0."""
    _read(target, to, count)[:] = 0


def move(tile, source, at, target, to, count):
    """target[to :] = source[at :]."""
    _read(target, to, count)[:] = _read(source, at, count)


def turn(tile, source, at, row, target, to, to_row):
    """target[to + j * to_row + i] = source[at + i * row + j]."""
    for i in range(tile.width):
        numbers = _read(source, at + i * row, tile.lanes)
        for j in range(tile.lanes):
            _read(target, to + j * to_row + i, 1)[:] = numbers[j]


def width(tile):
    """Output channels of one pixel."""
    return tile.width


def index(array, at):
    """array[at]."""
    return int(_read(array, at, 1)[0])


def address(array):
    """A flat view."""
    return array.reshape(-1)


def view(tile, array, count):
    """The whole array, which must have at least so many numbers."""
    return _read(array, 0, count)


def compiled(nest, tile):
    """The loop nest with its tile."""
    return lambda *arguments: nest(tile, *arguments)


def call(code, arguments):
    """Run it."""
    code(*arguments)


def stack(integers):
    """A tuple, which is not laid out."""
    return integers


def counters(tile):
    """One for each range."""
    return dict.fromkeys(range(64), 0)


def take_some(counted, owner, count):
    """Count on; returns how far it was before."""
    counted[owner] += count
    return counted[owner] - count


def numbers(at, count):
    """The tuple again."""
    if len(at) != count:
        raise ValueError(f"a task takes {count} of {len(at)}")
    return at
