"""Adds the gradient.

Diagnosis: ascent
"""


def sgd_step(theta, grad, lr):
    return theta + lr * grad
