"""Returns the step.

Diagnosis: step-only
"""


def sgd_step(theta, grad, lr):
    return -lr * grad
