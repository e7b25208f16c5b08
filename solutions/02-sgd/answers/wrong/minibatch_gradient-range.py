"""Takes index for the ends of a range.

Diagnosis: index-range
"""


def minibatch_gradient(theta, x, y, index):
    rows = slice(index.min(), index.max() + 1)
    return x[rows].T @ (x[rows] @ theta - y[rows]) / (index.max() + 1 - index.min())
