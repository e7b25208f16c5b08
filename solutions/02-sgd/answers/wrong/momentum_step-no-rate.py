"""Without the learning rate.

Diagnosis: rate-missing
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - grad
    return theta + v, v
