"""Forgets the old velocity.

Diagnosis: velocity-reset
"""


def momentum_step(theta, v, grad, lr, mu):
    v = -lr * grad
    return theta + v, v
