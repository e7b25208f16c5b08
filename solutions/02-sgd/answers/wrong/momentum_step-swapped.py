"""Returns v first.

Diagnosis: swapped
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return v, theta + v
