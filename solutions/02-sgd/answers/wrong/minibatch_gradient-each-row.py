"""Never averaged.

Diagnosis: shape
"""


def minibatch_gradient(theta, x, y, index):
    return (x[index] @ theta - y[index])[:, None] * x[index]
