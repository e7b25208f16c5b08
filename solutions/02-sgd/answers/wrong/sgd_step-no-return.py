"""Nothing is returned.

Diagnosis: "return"
"""


def sgd_step(theta, grad, lr):
    theta = theta - lr * grad
