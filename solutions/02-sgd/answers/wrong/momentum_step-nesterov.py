"""Nesterov's form of the step.

Diagnosis: nesterov-instead
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return theta + mu * v - lr * grad, v
