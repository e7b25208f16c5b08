"""Layers with forward and backward side by side: images are (M, H, W, C), rows are (M, D)."""

from chainrule.layers.layer import Grads, Layer, Tape, he_normal
from chainrule.layers.linear import Activation, Conv2D, Dense
from chainrule.layers.parameterless import AvgPool2D, Dropout, Flatten, MaxPool2D, ReLU

__all__ = [
    "Activation",
    "AvgPool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Grads",
    "Layer",
    "MaxPool2D",
    "ReLU",
    "Tape",
    "he_normal",
]
