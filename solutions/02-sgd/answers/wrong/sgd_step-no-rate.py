"""Without the learning rate.

Diagnosis: rate-missing
"""


def sgd_step(theta, grad, lr):
    return theta - grad
