"""A scalar function with math, vectorised."""

import math


def _one(z):
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def sigmoid(z):
    return np.vectorize(_one)(z)
