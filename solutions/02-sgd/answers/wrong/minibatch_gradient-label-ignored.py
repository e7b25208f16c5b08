"""Forgets y.

Diagnosis: label-ignored
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (x[index] @ theta) / len(index)
