"""Divides by the learning rate.

Diagnosis: rate-divides
"""


def sgd_step(theta, grad, lr):
    return theta - grad / lr
