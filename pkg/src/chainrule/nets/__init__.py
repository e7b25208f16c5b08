"""Networks: layers in a row, two LeNets, the training loop, weights on disk."""

from chainrule.nets.lenet import lenet5, lenet_digits
from chainrule.nets.sequential import Loss, Sequential
from chainrule.nets.training import History, evaluate, fit, minibatches
from chainrule.nets.weights import load_weights, save_weights

__all__ = [
    "History",
    "Loss",
    "Sequential",
    "evaluate",
    "fit",
    "lenet5",
    "lenet_digits",
    "load_weights",
    "minibatches",
    "save_weights",
]
