"""θ moves with the old velocity.

Diagnosis: old-velocity
"""


def momentum_step(theta, v, grad, lr, mu):
    return theta + v, mu * v - lr * grad
