"""The loops that do the work, twice: `reference` in readable NumPy, `compiled` by Numba with explicit SIMD vectors.

Both have the same verbs with the same arguments (`protocol`), and check nothing: `chainrule.ops` checks, allocates and
calls. The environment variable CHAINRULE_KERNELS chooses: "compiled" (the default) or "reference".

To read them, begin with a verb in `reference`; then `compiled`, whose first lines show the road through its modules;
then `simd.tile`, of which the loops there are made. `memory` has the buffers that kernels and operations share.

The words that the modules use:

| word | meaning |
|---|---|
| lane | one number of a vector; a vector is what one register holds: 8 lanes of float32 with AVX2, 16 with AVX-512 |
| tile | a block of running sums in registers: a few output pixels times a few vectors of output channels |
| width | the output channels of a tile: its vectors times their lanes |
| step | one multiply-add of a tile: a number of each of its pixels times a row of weights; also the pixels of a tile |
| panel | the weights of `width` output channels, in the order in which a tile reads them |
| tap | where a row of the filter (a dilated one: an entry of it) meets the image |
| nest | a loop nest over tiles, compiled for one tile, and called by its address |
| task | the piece of a kernel's work that one thread does without asking; see `simd.parallel` |
| plan | all integers of a kernel that follow from the shapes, laid out once for each shape |
| phase | the input positions of an axis that meet the same taps, where the stride is above 1 |
| args | the address of the record of a nest's or a task's arguments; `a` is the record, loaded from there |

Work is cut in five ways, and no other:

| word | what is cut |
|---|---|
| run | an image: the adjacent numbers that one tap meets |
| group | a row of output: neighbouring pixels that share the lanes of a tile, where channels are few |
| band | an output: neighbouring rows (images, numbers) that one task writes |
| chunk | a sum: one of a fixed number of partial sums, so that the result has the same bits for any number of threads |
| block | a long loop: as many of its rounds as a cache holds, or as a thread takes at a time |

Ranges are half open, from `start` to before `stop`. Strides and offsets are in elements, `x_row` from one row of x to
the next. M, H, W, C, K, R, S, P, Q and D are the axes of `chainrule.shapes`.
"""

import os
from functools import cache

from chainrule.errors import ChainruleError, explain
from chainrule.kernels.memory import empty
from chainrule.kernels.protocol import Kernels

__all__ = ["Kernels", "active", "empty", "load"]


def load(name: str) -> Kernels:
    """A set of kernels by its name, "compiled" or "reference".

    Raises:
        ChainruleError: another name.

    >>> load("reference").__name__
    'chainrule.kernels.reference'
    """
    # Imported here: whoever uses the reference alone does not wait for Numba.
    if name == "reference":
        from chainrule.kernels import reference

        return reference
    if name == "compiled":
        from chainrule.kernels import compiled

        return compiled
    raise ChainruleError(
        explain(
            "CHAINRULE_KERNELS names no kernels", got=repr(name), expected='"compiled" or "reference"', fix="unset it"
        )
    )


@cache
def active() -> Kernels:
    """The kernels that this process uses, by CHAINRULE_KERNELS; imported at the first call.

    Raises:
        ChainruleError: CHAINRULE_KERNELS names no kernels.
    """
    return load(os.environ.get("CHAINRULE_KERNELS", "compiled"))
