"""The training loop: shuffled mini-batches, an optimiser step for each, a record of every epoch."""

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ParameterError, ShapeError, TrainingError, explain
from chainrule.layers.layer import Array
from chainrule.losses import softmax_cross_entropy
from chainrule.nets.progress import bar
from chainrule.nets.sequential import Loss, Sequential
from chainrule.optim import Optimizer

__all__ = ["History", "evaluate", "fit", "minibatches"]

Data = tuple[ArrayLike, ArrayLike]


@dataclass
class History:
    """Losses, accuracies and times, epoch by epoch; accuracies stay empty where y is not a list of labels."""

    loss: list[float] = field(default_factory=list)
    """Mean over the examples of the epoch, each at the weights of its own step."""
    accuracy: list[float] = field(default_factory=list)
    """Share of right answers in training, likewise."""
    validation_loss: list[float] = field(default_factory=list)
    """After the epoch; empty without validation data."""
    validation_accuracy: list[float] = field(default_factory=list)
    """After the epoch."""
    wall_s: list[float] = field(default_factory=list)
    """Seconds for the epoch's steps, without validation."""


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[NDArray[np.intp]]:
    """One epoch: every example once, in a new order; the last batch may be short.

    Args:
        n: number of examples.
        batch_size: at least 1.
        rng: shuffles.

    Returns:
        ceil(n / batch_size) arrays of indices.

    Raises:
        ParameterError: batch_size below 1.

    Source: notes, section 2.

    >>> [batch.tolist() for batch in minibatches(5, 2, np.random.default_rng(0))]
    [[2, 4], [3, 0], [1]]
    """
    if batch_size < 1:
        raise ParameterError(explain("batches would be empty", got=batch_size, expected="1 or more", fix="pass 64"))
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def evaluate(net: Sequential, x: ArrayLike, y: ArrayLike, loss: Loss = softmax_cross_entropy) -> tuple[float, float]:
    """Mean loss and accuracy, without training.

    Args:
        net: a classifier.
        x: (M, ...), any real dtype.
        y: (M,) integer labels, or what `loss` takes.
        loss: from `chainrule.losses`.

    Returns:
        loss; share of right answers, NaN where y is not a list of labels.

    Raises:
        ShapeError: x and y are empty or do not fit.

    >>> from chainrule.nets import lenet_digits
    >>> loss, accuracy = evaluate(lenet_digits(np.random.default_rng(0)), np.zeros((4, 8, 8, 1)), [0, 0, 1, 2])
    >>> round(loss, 4), accuracy
    (2.3026, 0.5)
    """
    a, targets = net.logits(x), _targets(y, net)
    value, _ = loss(a, targets)
    return value, _right(a, targets) / len(a) if _labels(targets) else float("nan")


def fit(
    net: Sequential,
    x: ArrayLike,
    y: ArrayLike,
    *,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int = 64,
    seed: int | np.random.Generator,
    validation: Data | None = None,
    loss: Loss = softmax_cross_entropy,
    progress: bool = False,
) -> History:
    """Train a network in place.

    The same weights, data, settings and seed give the same result, to the bit on one machine.

    Args:
        net: its parameters are changed.
        x: (n, ...), any real dtype; converted once to the network's.
        y: (n,) integer labels, or what `loss` takes.
        optimizer: keeps its state, so a second call goes on where the first one stopped.
        epochs: how often every example is seen.
        batch_size: examples in a step; the last step of an epoch may have fewer.
        seed: of the order of examples and of dropout; a Generator is used as it is.
        validation: (x, y) to be looked at after each epoch.
        loss: from `chainrule.losses`.
        progress: show a bar with the losses.

    Returns:
        The history, one entry for each epoch.

    Raises:
        ShapeError: x and y are empty, of different length, or do not fit the network.
        ParameterError: a batch size below 1 or negative epochs.
        TrainingError: the loss is not finite any more.

    Source: notes, section 2.

    >>> from chainrule import data, nets, optim
    >>> x, y = data.digits("train")
    >>> net = nets.lenet_digits(np.random.default_rng(0))
    >>> history = fit(net, x[..., None], y, optimizer=optim.Optimizer("adam", lr=0.01), epochs=2, seed=0)
    >>> len(history.loss), history.loss[1] < history.loss[0]
    (2, True)
    """
    inputs, targets = np.asarray(x, dtype=net.dtype), _targets(y, net)
    if inputs.shape[:1] != targets.shape[:1] or inputs.shape[:1] in ((), (0,)):
        raise ShapeError(
            explain(
                "x and y do not belong together",
                got=f"x {inputs.shape} and y {targets.shape}",
                expected="(n, ...) and (n, ...) with n >= 1",
                fix="pass one target for each example",
            )
        )
    if epochs < 0:
        raise ParameterError(explain("epochs are counted from 0", got=epochs, expected="0 or more", fix="pass 10"))
    rng, history = np.random.default_rng(seed), History()
    with bar(epochs * -(-len(inputs) // max(batch_size, 1)), progress) as progress_bar:
        for epoch in range(epochs):
            start, total, right = time.perf_counter(), 0.0, 0
            for index in minibatches(len(inputs), batch_size, rng):
                value, a = _step(net, inputs[index], targets[index], optimizer, loss, rng)
                total += value * len(index)
                right += _right(a, targets[index])
                progress_bar.step()
            history.wall_s.append(time.perf_counter() - start)
            history.loss.append(total / len(inputs))
            if _labels(targets):
                history.accuracy.append(right / len(inputs))
            if validation is not None:
                value, accuracy = evaluate(net, *validation, loss)
                history.validation_loss.append(value)
                history.validation_accuracy += [] if np.isnan(accuracy) else [accuracy]
            progress_bar.say(f"epoch {epoch + 1}/{epochs}  {_newest(history)}")
    return history


def _step(
    net: Sequential, x: Array, y: NDArray[Any], optimizer: Optimizer, loss: Loss, rng: np.random.Generator
) -> tuple[float, Array]:
    # An overflow needs no warning of NumPy's: the loss is not finite then, and the error below says so.
    with np.errstate(over="ignore", invalid="ignore"):
        a, tape = net.forward(x, rng)
        value, delta = loss(a, y)
        if not np.isfinite(value):
            raise _diverged(value, optimizer)
        optimizer.step(net.params, net.parameter_gradients(delta, tape))
    return value, a


def _diverged(value: float, optimizer: Optimizer) -> TrainingError:
    return TrainingError(
        explain(
            f"the loss is no number any more at step {optimizer.t}",
            got=value,
            expected="a finite loss",
            fix=f"lower the learning rate, now {optimizer.rate():g}, and look for NaN in x",
        )
    )


def _targets(y: ArrayLike, net: Sequential) -> NDArray[Any]:
    targets = np.asarray(y)
    return targets.astype(net.dtype) if targets.dtype.kind == "f" else targets


def _labels(y: NDArray[Any]) -> bool:
    return y.ndim == 1 and y.dtype.kind in "iu"


def _right(a: Array, y: NDArray[Any]) -> int:
    return int(np.count_nonzero(a.argmax(axis=1) == y)) if _labels(y) else 0


def _newest(history: History) -> str:
    columns = [
        ("loss", history.loss),
        ("validation", history.validation_loss),
        ("accuracy", history.validation_accuracy),
    ]
    return "  ".join(f"{word} {values[-1]:.4f}" for word, values in columns if values)
