"""Sorts the caller's index in place.

Diagnosis: argument-changed
"""


def minibatch_gradient(theta, x, y, index):
    index.sort()
    return x[index].T @ (x[index] @ theta - y[index]) / len(index)
