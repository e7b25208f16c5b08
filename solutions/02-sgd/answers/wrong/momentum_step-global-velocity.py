"""Keeps the velocity in a global variable.

Diagnosis: not-repeatable
"""

velocity = {}


def momentum_step(theta, v, grad, lr, mu):
    velocity[theta.shape] = mu * velocity.get(theta.shape, v) - lr * grad
    return theta + velocity[theta.shape], velocity[theta.shape]
