"""The first two terms of the series.

Diagnosis: linear
"""


def inverse_time_decay(lr, t, k):
    return lr * (1 - k * t)
