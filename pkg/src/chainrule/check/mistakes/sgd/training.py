"""Mistakes with the loop around the steps: epochs, batches, losses (notes, section 2)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    "ascent": N_("this goes uphill: the gradient is subtracted"),
    "last-batch-dropped": N_("the short batch at the end is left out"),
    "divided-by-batch-size": N_("the mean over the short batch divides by its own number of rows, not by batch_size"),
    "divided-by-n": N_("the sum is over the rows of the batch, but it is divided by the number of all rows"),
    "gradient-factor-2": N_("the steps are twice as long: the half in ½ (x·θ - y)² is missing"),
    "rate-annealed": N_("the learning rate changes from epoch to epoch; it is constant here"),
    "theta-restarted": N_("each epoch begins at the first θ again"),
    "losses-before": N_("these are the losses before each epoch; the loss after it is meant"),
    "one-step-an-epoch": N_("there is only one step an epoch; each batch makes one"),
    "losses-on-the-way": N_(
        "this is the mean of the batches' losses on the way; the loss of all rows at the end is meant"
    ),
}


def _descent(
    x: Array,
    y: Array,
    theta: Array,
    lr: float,
    batch_size: int,
    epochs: int,
    rng: object = None,  # noqa: ARG001 - the order does not matter where this is used
    *,
    starts: Callable[[int, int], range] = lambda n, size: range(0, n, size),
    divisor: Callable[[int, int, int], int] = lambda rows, size, n: rows,
    rate: Callable[[int], float] = lambda epoch: 1.0,
    restart: bool = False,
    reported: str = "after",
) -> Values:
    """SGD with the rows in their order, which tells as much as any other where all rows are alike or in one batch."""
    n, now, losses, on_the_way = len(y), theta, [], []
    for epoch in range(epochs):
        losses.append(0.5 * float(np.mean((x @ now - y) ** 2)))
        now = theta if restart else now
        for start in starts(n, batch_size):
            rows, wanted = x[start : start + batch_size], y[start : start + batch_size]
            step = rows.T @ (rows @ now - wanted) / divisor(len(wanted), batch_size, n)
            now = now - lr * rate(epoch) * step
            on_the_way.append(0.5 * float(np.mean((rows @ now - wanted) ** 2)))
    losses.append(0.5 * float(np.mean((x @ now - y) ** 2)))
    if restart:
        losses = losses[:1] + losses[-1:] * epochs
    means = np.reshape(on_the_way, (epochs, -1)).mean(axis=1)
    return {"theta": now, "losses": {"before": losses[:-1], "after": losses[1:], "on the way": means}[reported]}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "train": {
        "ascent": partial(_descent, rate=lambda epoch: -1.0),
        "one-step-an-epoch": lambda x, y, theta, lr, size, epochs, rng: _descent(x, y, theta, lr, len(y), epochs, rng),
        "last-batch-dropped": partial(_descent, starts=lambda n, size: range(0, n - size + 1, size)),
        "divided-by-batch-size": partial(_descent, divisor=lambda rows, size, n: size),
        "divided-by-n": partial(_descent, divisor=lambda rows, size, n: n),
        "gradient-factor-2": partial(_descent, rate=lambda epoch: 2.0),
        "rate-annealed": partial(_descent, rate=lambda epoch: 0.5**epoch),
        "theta-restarted": partial(_descent, restart=True),
        "losses-before": partial(_descent, reported="before"),
        "losses-on-the-way": partial(_descent, reported="on the way"),
    },
}
