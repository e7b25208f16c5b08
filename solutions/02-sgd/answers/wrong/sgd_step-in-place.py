"""Changes the array that was passed in.

Diagnosis: argument-changed
"""


def sgd_step(theta, grad, lr):
    theta -= lr * grad
    return theta
