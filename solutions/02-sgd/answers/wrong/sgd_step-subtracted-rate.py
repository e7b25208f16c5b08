"""Subtracts the learning rate, too.

Diagnosis: rate-subtracted
"""


def sgd_step(theta, grad, lr):
    return theta - lr - grad
