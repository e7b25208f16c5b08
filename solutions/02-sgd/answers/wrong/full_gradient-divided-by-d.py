"""Divides by the number of parameters.

Diagnosis: mean-over-more
"""


def full_gradient(theta, x, y):
    return x.T @ (x @ theta - y) / x.shape[1]
