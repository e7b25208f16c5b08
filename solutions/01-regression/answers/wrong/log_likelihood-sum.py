"""The sum of the logarithms, not their mean.

Diagnosis: sum-for-mean
"""


def log_likelihood(x, y, w, b):
    return -len(y) * cross_entropy_loss(x, y, w, b)[0]
