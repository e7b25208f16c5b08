"""The first M rows, as the notes print the sum.

Diagnosis: first-rows
"""


def minibatch_gradient(theta, x, y, index):
    M = len(index)
    return x[:M].T @ (x[:M] @ theta - y[:M]) / M
