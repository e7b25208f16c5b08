"""A copy, changed in place."""


def sgd_step(theta, grad, lr):
    theta = theta.copy()
    theta -= lr * grad
    return theta
