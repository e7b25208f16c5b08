"""The sum over the rows, not the mean.

Diagnosis: sum-for-mean
"""


def full_gradient(theta, x, y):
    return x.T @ (x @ theta - y)
