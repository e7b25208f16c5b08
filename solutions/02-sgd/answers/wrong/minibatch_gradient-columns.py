"""Indexes the columns of x.

Diagnosis: raises
"""


def minibatch_gradient(theta, x, y, index):
    return x[:, index].T @ (x[:, index] @ theta - y[index]) / len(index)
