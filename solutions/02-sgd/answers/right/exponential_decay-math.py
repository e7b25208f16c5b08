"""math.exp."""

import math


def exponential_decay(lr, t, k):
    return lr * math.exp(-k * t)
