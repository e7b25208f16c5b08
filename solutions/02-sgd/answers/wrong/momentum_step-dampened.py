"""A factor 1 - μ as in a running mean.

Diagnosis: dampened
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - (1 - mu) * lr * grad
    return theta + v, v
