"""The first two terms of the series.

Diagnosis: linear
"""


def exponential_decay(lr, t, k):
    return lr * (1 - k * t)
