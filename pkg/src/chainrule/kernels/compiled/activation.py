"""The gradients of bias and ReLU, and softmax cross entropy, each in one pass over memory."""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.tile_choice import dtype_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import address, as_array, load_args, store_args
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import parallel_for, parallel_loop

__all__ = ["bias_relu_grad", "softmax_cross_entropy"]

Array: TypeAlias = npt.NDArray[np.floating]

CHUNKS = 8  # partial sums over the batch, whatever the number of threads: the same bits for any
BLOCK = 512  # numbers in a block of the loop over ReLU: long enough to vectorise, and the sums stay in the cache


class ReluArgs(NamedTuple):
    """`size` deltas and activations; `sums` has `chunks` rows of `width` partial sums."""

    delta: int
    a: int
    size: int
    relu: int
    out: int
    sums: int
    chunks: int
    width: int


@jit
def bias_relu_grad_chunk(tile, task, args):
    """One chunk: its part of the blocks, in order, and their sums."""
    r = load_args(ReluArgs, args)
    total = as_array(tile, r.sums, r.chunks * r.width)[task * r.width : (task + 1) * r.width]
    zero = total.dtype.type(0)
    total[:] = zero
    blocks = (r.size + r.width - 1) // r.width
    for block in range(blocks * task // r.chunks, blocks * (task + 1) // r.chunks):
        start, count = block * r.width, min(r.width, r.size - block * r.width)
        delta = as_array(tile, r.delta, r.size)[start:]
        active = as_array(tile, r.a, r.size)[start:]
        out = as_array(tile, r.out, r.size)[start:]
        if r.relu:
            for i in range(count):
                value = delta[i] if active[i] > 0 else zero
                out[i] = value
                total[i] += value
        else:
            for i in range(count):
                out[i] = delta[i]
                total[i] += delta[i]


@jit
def _bias_relu_grad(loop, delta, a, relu, out, sums, db):
    """All arrays flat but sums: (chunks, width)."""
    chunks, width = sums.shape
    record = ReluArgs(
        delta=address(delta),
        a=address(a),
        size=delta.size,
        relu=relu,
        out=address(out),
        sums=address(sums),
        chunks=chunks,
        width=width,
    )
    parallel_for(loop, chunks, delta.size // 4, store_args(record))  # four numbers in a nanosecond
    total = sums.reshape(-1)
    db[:] = 0
    for start in range(0, total.size, db.size):
        for k in range(db.size):
            db[k] += total[start + k]


def bias_relu_grad(delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
    """out = delta where a > 0, else 0 (delta as it is without `relu`); db = its sum over all axes but the last."""
    if not delta.size:
        db[...] = 0
        return
    # A block is a whole number of pixels, so that the sums of a channel always meet in the same places of it.
    width = -(-BLOCK // db.size) * db.size
    sums = scratch("sums", (CHUNKS, width), delta.dtype)
    loop = parallel_loop(bias_relu_grad_chunk, dtype_name(delta))
    _bias_relu_grad(loop, delta.reshape(-1), a.reshape(-1), int(relu), out.reshape(-1), sums, db)


@jit
def _softmax_cross_entropy(z, y, losses, out):
    for m in range(z.shape[0]):
        largest = z[m, 0]
        for k in range(z.shape[1]):
            largest = max(largest, z[m, k])
        total = z.dtype.type(0)
        weight = z.dtype.type(0)
        for k in range(z.shape[1]):
            total += np.exp(z[m, k] - largest)  # at most 1: nothing overflows
            weight += y[m, k]
        log_total = np.log(total)
        loss = z.dtype.type(0)
        for k in range(z.shape[1]):
            log_p = z[m, k] - largest - log_total
            if y[m, k] != 0:
                loss -= y[m, k] * log_p
            out[m, k] = np.exp(log_p) * weight - y[m, k]
        losses[m] = loss


def softmax_cross_entropy(z: Array, y: Array, losses: Array, out: Array) -> None:
    """Loss of each row, −Σ y · log softmax(z), and its gradient Σy · softmax(z) − y. Where y is 0, y · log is 0."""
    _softmax_cross_entropy(z, y, losses, out)
