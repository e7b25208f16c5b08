"""The learning rate is a constant.

Diagnosis: rate-fixed
"""


def sgd_step(theta, grad, lr):
    return theta - 0.1 * grad
