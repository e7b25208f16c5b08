"""Mistakes with sampling pools of any units, forward and backward (notes, section 4, "max pool layer")."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Winners = NDArray[np.intp]
Pools = Sequence[Sequence[int]]

TEXTS: Mapping[str, str] = {
    "minimum": N_("this is the minimum; the maximum is meant"),
    "mean-for-maximum": N_("this is the mean; the maximum is meant"),
    "sum-for-maximum": N_("this is the sum; the maximum is meant"),
    "maximum-from-0": N_(
        "the running maximum starts at 0, so negative values never win; start with a value of the pool"
    ),
    "absolute-values": N_("the maximum of the absolute values is taken; the sign counts"),
    "over-the-batch": N_("the maximum runs over the whole batch; each row m has a maximum of its own"),
    "first-row-only": N_("only the first row is used"),
    "unit-for-value": N_("this is the number of the winning unit; its value is meant"),
    "place-for-value": N_("this is the winner's place in its pool; its value is meant"),
    "pools-ignored": N_("the maximum runs over all units; only those that the pool lists take part"),
    "ends-of-a-range": N_("a pool is a list of units, not the ends of a range"),
    "first-of-the-pool": N_("this is the unit that the pool lists first; the largest is meant"),
    "units-from-1": N_("the units in pools count from 0 already, as Python does; nothing has to be subtracted"),
    "winner-overwritten": N_("a winner in several pools keeps the last δ only; its δ add up (+=)"),
    "every-tie": N_("every unit of a tie gets the whole δ; only the first of them may have it"),
    "tie-shared": N_("a tie shares δ; here the first of a tie gets all of it"),
    "last-of-a-tie": N_("the last of a tie wins; it must be the first"),
    "outside-the-pool": N_("a unit outside of the pool gets δ because its value happens to equal the maximum"),
    "looked-up-by-value": N_("the winner is looked up by its value among all units; another unit may have the same"),
    "as-printed": N_("the maximum is compared with a of layer l; it must be a of layer l-1"),
    "to-the-whole-pool": N_("δ goes to every unit of the pool; only the winner's derivative is 1, the others' are 0"),
    "spread-evenly": N_("δ is spread evenly over the pool, as for a mean; the winner gets all of it"),
    "times-the-value": N_("δ is multiplied by the maximum; its derivative by the winner is 1"),
    "upstream-ignored": N_("delta is not used: each winner gets 1 instead of its δ"),
    "place-for-unit": N_("the winner's place in its pool is taken for the number of a unit"),
    "to-the-smallest": N_("δ goes to the smallest unit of the pool; the largest is meant"),
    "rows-mixed": N_("da[:, winners] means these units in every row; index each row m with its own winner"),
    "divided-by-M": N_("δ is divided by the batch size; the cost has its mean already"),
    "winner-of-row-0": N_("the winners of the first row are taken for all rows"),
}


def _winners(a: Array, pools: Pools) -> Winners:
    """(M, J): the number of the unit that wins each pool."""
    return np.stack([np.asarray(pool, np.intp)[a[:, pool].argmax(axis=1)] for pool in pools], axis=1)


def _last_winners(a: Array, pools: Pools) -> Winners:
    return _winners(a, [list(pool)[::-1] for pool in pools])


def _places(a: Array, pools: Pools) -> Winners:
    return np.stack([a[:, pool].argmax(axis=1) for pool in pools], axis=1)


def _from_0(pools: Pools) -> list[list[int]]:
    return [[unit - 1 for unit in pool] for pool in pools]


def _reduced(reduce: Callable[..., Any], a: Array, pools: Pools) -> Array:
    return np.stack([reduce(a[:, pool], axis=1) for pool in pools], axis=1)


def _first_row(array: Array) -> Array:
    kept = np.zeros_like(array)
    kept[0] = array[0]
    return kept


def _routed(delta: Array, a: Array, winners: Winners) -> Array:
    """Each δ to its winner, overlaps added."""
    da = np.zeros(a.shape)
    np.add.at(da, (np.arange(len(a))[:, None], winners), delta)
    return da


def _overwritten(delta: Array, a: Array, pools: Pools) -> Array:
    da = np.zeros(a.shape)
    for j, winners in enumerate(_winners(a, pools).T):
        da[np.arange(len(a)), winners] = delta[:, j]
    return da


def _mixed(delta: Array, a: Array, pools: Pools) -> Array:
    da = np.zeros(a.shape)
    for j, winners in enumerate(_winners(a, pools).T):
        da[:, winners] += delta[:, [j]]
    return da


def _weighted(delta: Array, a: Array, pools: Pools, weights: Callable[[Array], Array]) -> Array:
    """δ times weights of the values of a pool (M, size)."""
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        da[:, pool] += delta[:, [j]] * weights(a[:, pool])
    return da


def _tied(values: Array) -> Array:
    return np.asarray(values == values.max(axis=1, keepdims=True), np.float64)


def _shared(values: Array) -> Array:
    tied = _tied(values)
    return np.asarray(tied / tied.sum(axis=1, keepdims=True))


def _above_0(values: Array) -> Array:
    """The first entry wins unless another one is positive and larger."""
    candidates = np.where(np.arange(values.shape[1]) == 0, np.maximum(values, 0.0), values)
    return np.asarray(np.eye(values.shape[1])[candidates.argmax(axis=1)])


def _equal_anywhere(delta: Array, a: Array, pools: Pools) -> Array:
    out = _reduced(np.max, a, pools)
    return np.asarray(((out[:, :, None] == a[:, None, :]) * delta[:, :, None]).sum(axis=1))


def _first_equal(delta: Array, a: Array, pools: Pools) -> Array:
    out = _reduced(np.max, a, pools)
    return _routed(delta, a, (out[:, :, None] == a[:, None, :]).argmax(axis=2))


def _as_printed(delta: Array, a: Array, pools: Pools) -> Array:
    """Unit i of layer l stands in for unit i of layer l-1, where there is one."""
    out = _reduced(np.max, a, pools)
    units = min(a.shape[1], len(pools))
    da = np.zeros(a.shape)
    da[:, :units] = ((out[:, :, None] == out[:, None, :units]) * delta[:, :, None]).sum(axis=1)
    return da


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "pool_forward": {
        "minimum": lambda a, pools: _reduced(np.min, a, pools),
        "mean-for-maximum": lambda a, pools: _reduced(np.mean, a, pools),
        "sum-for-maximum": lambda a, pools: _reduced(np.sum, a, pools),
        "maximum-from-0": lambda a, pools: np.maximum(_reduced(np.max, a, pools), 0),
        "absolute-values": lambda a, pools: _reduced(np.max, np.abs(a), pools),
        "over-the-batch": lambda a, pools: np.tile(_reduced(np.max, a, pools).max(axis=0), (len(a), 1)),
        "first-row-only": lambda a, pools: _first_row(_reduced(np.max, a, pools)),
        "unit-for-value": _winners,
        "place-for-value": _places,
        "pools-ignored": lambda a, pools: np.tile(a.max(axis=1)[:, None], (1, len(pools))),
        "ends-of-a-range": lambda a, pools: _reduced(np.max, a, [list(range(p[0], p[-1] + 1)) for p in pools]),
        "first-of-the-pool": lambda a, pools: a[:, [pool[0] for pool in pools]],
        "units-from-1": lambda a, pools: _reduced(np.max, a, _from_0(pools)),
    },
    "pool_backward": {
        "winner-overwritten": _overwritten,
        "every-tie": lambda delta, a, pools: _weighted(delta, a, pools, _tied),
        "tie-shared": lambda delta, a, pools: _weighted(delta, a, pools, _shared),
        "last-of-a-tie": lambda delta, a, pools: _routed(delta, a, _last_winners(a, pools)),
        "outside-the-pool": _equal_anywhere,
        "looked-up-by-value": _first_equal,
        "as-printed": _as_printed,
        "to-the-whole-pool": lambda delta, a, pools: _weighted(delta, a, pools, np.ones_like),
        "spread-evenly": lambda delta, a, pools: _weighted(
            delta, a, pools, lambda values: np.full(values.shape, 1 / values.shape[1])
        ),
        "times-the-value": lambda delta, a, pools: _routed(delta * _reduced(np.max, a, pools), a, _winners(a, pools)),
        "upstream-ignored": lambda delta, a, pools: _routed(np.ones_like(delta), a, _winners(a, pools)),
        "place-for-unit": lambda delta, a, pools: _routed(delta, a, _places(a, pools)),
        "to-the-smallest": lambda delta, a, pools: _routed(delta, a, _winners(-a, pools)),
        "rows-mixed": _mixed,
        "divided-by-M": lambda delta, a, pools: _routed(delta / len(a), a, _winners(a, pools)),
        "units-from-1": lambda delta, a, pools: _routed(delta, a, _winners(a, _from_0(pools))),
        "maximum-from-0": lambda delta, a, pools: _weighted(delta, a, pools, _above_0),
        "absolute-values": lambda delta, a, pools: _routed(delta, a, _winners(np.abs(a), pools)),
        "winner-of-row-0": lambda delta, a, pools: _routed(delta, a, np.tile(_winners(a, pools)[:1], (len(a), 1))),
        "first-row-only": lambda delta, a, pools: _first_row(_routed(delta, a, _winners(a, pools))),
    },
}
