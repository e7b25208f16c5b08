"""The error is y - x·θ.

Diagnosis: sign
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (y[index] - x[index] @ theta) / len(index)
