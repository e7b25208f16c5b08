"""1 - μ for μ.

Diagnosis: mu-swapped
"""


def momentum_step(theta, v, grad, lr, mu):
    v = (1 - mu) * v - lr * grad
    return theta + v, v
