"""Optimisers and learning-rate schedules: pure steps on arrays, and a thin `Optimizer` that remembers their state.

| rule | state | paper |
|---|---|---|
| `sgd_step` | | Robbins & Monro 1951 |
| `momentum_step` | velocity | Polyak 1964 |
| `nesterov_step`, `nesterov_lookahead` | velocity | Sutskever et al. 2013, Bengio et al. 2013 |
| `adagrad_step` | sum of squares | Duchi, Hazan & Singer 2011 |
| `adadelta_step` | two running means | Zeiler 2012 |
| `rmsprop_step` | running mean of squares | Tieleman & Hinton 2012 |
| `adam_step`, `adamax_step` | two moments, t | Kingma & Ba 2015 |
| `nadam_step` | two moments, t, product | Dozat 2016 |
"""

from chainrule.optim.moments import adam_step, adamax_step, nadam_step
from chainrule.optim.optimizer import Optimizer, Schedule
from chainrule.optim.schedules import (
    cosine_annealing,
    exponential_decay,
    inverse_time_decay,
    step_decay,
    warm_restarts,
)
from chainrule.optim.steps import (
    adadelta_step,
    adagrad_step,
    momentum_step,
    nesterov_lookahead,
    nesterov_step,
    rmsprop_step,
    sgd_step,
)

__all__ = [
    "Optimizer",
    "Schedule",
    "adadelta_step",
    "adagrad_step",
    "adam_step",
    "adamax_step",
    "cosine_annealing",
    "exponential_decay",
    "inverse_time_decay",
    "momentum_step",
    "nadam_step",
    "nesterov_lookahead",
    "nesterov_step",
    "rmsprop_step",
    "sgd_step",
    "step_decay",
    "warm_restarts",
]
