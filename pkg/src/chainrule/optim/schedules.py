"""Learning rates that change with time: the number goes in, the number for this step comes out.

Time t is whatever the caller counts, steps or epochs, from 0. `Optimizer` counts steps.
"""

import math

from chainrule.errors import ParameterError, explain

__all__ = ["cosine_annealing", "exponential_decay", "inverse_time_decay", "step_decay", "warm_restarts"]


def step_decay(lr: float, epoch: int, factor: float, every: int) -> float:
    """Multiply the rate by `factor` each `every` epochs: lr · factor^floor(epoch / every).

    Args:
        lr: the rate at the start.
        epoch: from 0.
        factor: usually below 1.
        every: epochs between two drops, at least 1.

    Returns:
        The rate of that epoch.

    Raises:
        ParameterError: every below 1 or epoch below 0.

    Source: Ge, Kakade, Kidambi & Netrapalli (2019), The step decay schedule, algorithm 1.

    >>> [step_decay(1.0, epoch, factor=0.5, every=2) for epoch in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    _at_least("every", every, 1)
    _at_least("epoch", epoch, 0)
    return float(lr * factor ** (epoch // every))


def exponential_decay(lr: float, t: float, k: float) -> float:
    """lr · exp(−k t).

    Args:
        lr: the rate at the start.
        t: time from 0.
        k: the rate falls to a half in ln 2 / k.

    Returns:
        The rate at t.

    Raises:
        ParameterError: t below 0.

    Source: Senior, Heigold, Ranzato & Yang (2013), An empirical study of learning rates in deep neural networks
    for speech recognition, "exponential scheduling" (to base 10 there); notes, section 2.

    >>> round(exponential_decay(0.1, t=10, k=0.1), 6)
    0.036788
    """
    _at_least("t", t, 0)
    return float(lr * math.exp(-k * t))


def inverse_time_decay(lr: float, t: float, k: float) -> float:
    """lr / (1 + k t): the sum over time diverges, the sum of squares does not, as convergence of SGD asks.

    Args:
        lr: the rate at the start.
        t: time from 0.
        k: the rate falls to a half in 1 / k.

    Returns:
        The rate at t.

    Raises:
        ParameterError: t or k below 0.

    Source: Robbins & Monro (1951), A stochastic approximation method, for the two sums; Bottou (2012), Stochastic
    gradient descent tricks, section 5.2, for this form; notes, section 2.

    >>> inverse_time_decay(0.1, t=4, k=0.25)
    0.05
    """
    _at_least("t", t, 0)
    _at_least("k", k, 0)
    return float(lr / (1 + k * t))


def cosine_annealing(lr: float, t: float, T: float, lr_min: float = 0.0) -> float:
    """Half a cosine from lr at t = 0 down to lr_min at t = T, and lr_min from there on.

    Args:
        lr: the rate at the start.
        t: time from 0.
        T: when lr_min is reached, above 0.
        lr_min: the rate at the end.

    Returns:
        The rate at t, between lr_min and lr.

    Raises:
        ParameterError: t below 0 or T not above 0.

    Source: Loshchilov & Hutter (2017), SGDR, equation 5, one run without a restart.

    >>> [round(cosine_annealing(1.0, t, T=4), 4) for t in (0, 1, 2, 4, 9)]
    [1.0, 0.8536, 0.5, 0.0, 0.0]
    """
    _at_least("t", t, 0)
    _positive("T", T)
    return float(lr_min + (lr - lr_min) * (1 + math.cos(math.pi * min(t, T) / T)) / 2)


def warm_restarts(lr: float, t: float, T: float, growth: float = 2.0, lr_min: float = 0.0) -> float:
    """Cosine annealing that jumps back to lr at the end of each run; run i lasts T · growth^i.

    Args:
        lr: the rate at the start of each run.
        t: time from 0.
        T: length of the first run, above 0.
        growth: each run is so many times longer than the one before, at least 1.
        lr_min: the rate that each run ends at.

    Returns:
        The rate at t, between lr_min and lr.

    Raises:
        ParameterError: t below 0 or infinite, T not above 0 or growth below 1.

    Source: Loshchilov & Hutter (2017), SGDR, section 3, equation 5 (T is their T_0, growth their T_mult).

    >>> [round(warm_restarts(1.0, t, T=2), 4) for t in range(7)]
    [1.0, 0.5, 1.0, 0.8536, 0.5, 0.1464, 1.0]
    """
    _at_least("t", t, 0)
    _positive("T", T)
    _at_least("growth", growth, 1)
    if t == math.inf:
        raise ParameterError(explain("no run is the last", got=t, expected="a finite t", fix="pass a number of steps"))
    # Rounding can put the quotient or the logarithm on the wrong side of a whole number, just where the rate jumps; the
    # two loops correct that. (t % T does not: 0.5 % 0.1 is 0.09999.)
    run = int(t / T) if growth == 1 else int(math.log1p(t * (growth - 1) / T) / math.log(growth))
    while _runs_end(run + 1, T, growth) <= t:
        run += 1
    while _runs_end(run, T, growth) > t:
        run -= 1
    return cosine_annealing(lr, t - _runs_end(run, T, growth), T * growth**run, lr_min)


def _runs_end(runs: int, T: float, growth: float) -> float:
    """Length of the first runs together: a geometric series."""
    return T * runs if growth == 1 else T * (growth**runs - 1) / (growth - 1)


def _at_least(name: str, value: float, least: float) -> None:
    if not value >= least:
        raise ParameterError(
            explain(f"{name} is too small", got=value, expected=f"{least} or more", fix=f"pass {name} >= {least}")
        )


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise ParameterError(explain(f"{name} is too small", got=value, expected="above 0", fix=f"pass {name} > 0"))
