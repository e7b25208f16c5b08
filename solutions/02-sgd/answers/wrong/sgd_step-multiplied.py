"""Multiplies θ.

Diagnosis: multiplied
"""


def sgd_step(theta, grad, lr):
    return theta * (1 - lr * grad)
