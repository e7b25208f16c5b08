"""Without μ.

Diagnosis: mu-missing
"""


def momentum_step(theta, v, grad, lr, mu):
    v = v - lr * grad
    return theta + v, v
