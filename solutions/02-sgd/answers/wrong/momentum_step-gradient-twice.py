"""Subtracts the gradient once more.

Diagnosis: gradient-twice
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return theta + v - lr * grad, v
