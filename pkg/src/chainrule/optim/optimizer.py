"""A thin memory around the step functions: it keeps each parameter's state and counts the steps."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from chainrule.errors import ParameterError, ShapeError, explain
from chainrule.optim.moments import adam_step, adamax_step, nadam_step
from chainrule.optim.steps import (
    Array,
    adadelta_step,
    adagrad_step,
    momentum_step,
    nesterov_step,
    numbers,
    rmsprop_step,
    sgd_step,
)

__all__ = ["Optimizer", "Schedule"]

Schedule = Callable[[int], float]
"""Learning rate of step t, t from 0."""

# rule: (step function, arrays of state, numbers of state at the start)
_RULES: dict[str, tuple[Callable[..., Any], int, tuple[float, ...]]] = {
    "sgd": (sgd_step, 0, ()),
    "momentum": (momentum_step, 1, ()),
    "nesterov": (nesterov_step, 1, ()),
    "adagrad": (adagrad_step, 1, ()),
    "adadelta": (adadelta_step, 2, ()),
    "rmsprop": (rmsprop_step, 1, ()),
    "adam": (adam_step, 2, (0,)),
    "adamax": (adamax_step, 2, (0,)),
    "nadam": (nadam_step, 2, (0, 1.0)),
}


class Optimizer:
    """An update rule with its state, for the named parameters of one network.

    Args:
        rule: "sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamax" or "nadam".
        lr: the learning rate, or a function of the step (from 0) that gives it; None takes the rule's own default.
        settings: what else the rule's step function takes, e.g. mu, rho, beta1, eps.

    Raises:
        ParameterError: no such rule or setting, or a rate that is missing or negative.

    Source: the functions `sgd_step` … `nadam_step`, each with its paper.

    >>> params = {"w": np.array([1.0, 2.0])}
    >>> optimizer = Optimizer("momentum", lr=lambda t: 0.1 / (1 + t), mu=0.5)
    >>> for _ in range(2):
    ...     optimizer.step(params, {"w": np.array([1.0, 0.0])})
    >>> params["w"], optimizer.t
    (array([0.8, 2. ]), 2)
    """

    def __init__(self, rule: str, lr: float | Schedule | None = None, **settings: float) -> None:
        if rule not in _RULES:
            raise ParameterError(explain("no such rule", got=rule, expected=", ".join(_RULES), fix="use one of them"))
        self.rule = rule
        self._step, self._arrays, self._numbers = _RULES[rule]
        known = inspect.signature(self._step).parameters
        optional = {name: known[name].default for name in known if known[name].default is not inspect.Parameter.empty}
        for name in settings:
            if name not in optional:
                raise ParameterError(
                    explain(
                        f"{rule} has no such setting",
                        got=name,
                        expected=", ".join(["lr", *(key for key in optional if key != "lr")]),
                        fix="leave it out, or take another rule",
                    )
                )
        if lr is None and "lr" not in optional:
            raise ParameterError(explain(f"{rule} has no default rate", got=None, expected="a number", fix="pass lr"))
        self.lr: float | Schedule = optional["lr"] if lr is None else lr
        self.settings = settings
        self.t = 0
        self.state: dict[str, tuple[Any, ...]] = {}

    def rate(self) -> float:
        """Learning rate of the next step.

        Raises:
            ParameterError: the schedule gives no finite number of at least 0.

        >>> Optimizer("sgd", lr=lambda t: 0.5**t).rate()
        1.0
        """
        (lr,) = numbers(lr=self.lr(self.t) if callable(self.lr) else self.lr)
        if not 0 <= lr < float("inf"):
            raise ParameterError(
                explain("the learning rate is out of range", got=lr, expected="0 or more, finite", fix="change lr")
            )
        return lr

    def step(self, params: Mapping[str, Array], grads: Mapping[str, Array]) -> None:
        """Move every parameter by one step, in place.

        Args:
            params: arrays of float32 or float64 by name; written to.
            grads: an array like each of them, under the same name; not changed.

        Raises:
            ShapeError: other names than before or than in params, or arrays that do not fit.
            DTypeError: integers, or a gradient of another dtype than its parameter.
            ParameterError: the rate is out of range.

        >>> params = {"w": np.zeros(2, dtype=np.float32)}
        >>> Optimizer("sgd", lr=0.5).step(params, {"w": np.array([3.0, -3.0], dtype=np.float32)})
        >>> params["w"]
        array([-1.5,  1.5], dtype=float32)
        """
        if params.keys() != grads.keys() or (self.t and params.keys() != self.state.keys()):
            raise ShapeError(
                explain(
                    "the gradients are not those of the parameters",
                    got=sorted(grads),
                    expected=sorted(self.state or params),
                    fix="pass one gradient for each parameter, and use one optimizer for each network",
                )
            )
        lr = self.rate()
        updates = {name: self._updated(name, params[name], grads[name], lr) for name in params}
        # Written only when every step was possible: an error leaves parameters and state as they were.
        for name, (theta, state) in updates.items():
            params[name][...] = theta
            self.state[name] = state
        self.t += 1

    def _updated(self, name: str, theta: Array, grad: Array, lr: float) -> tuple[Array, tuple[Any, ...]]:
        state = self.state.get(name)
        if state is None:
            state = (*(np.zeros_like(theta) for _ in range(self._arrays)), *self._numbers)
        result = self._step(theta, *state, grad, lr=lr, **self.settings)
        return (result[0], result[1:]) if isinstance(result, tuple) else (result, ())
