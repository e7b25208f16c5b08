"""Divides by the number of all rows.

Diagnosis: divided-by-n
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (x[index] @ theta - y[index]) / len(y)
