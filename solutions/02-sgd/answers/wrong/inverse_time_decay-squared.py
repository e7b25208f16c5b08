"""The square of the denominator.

Diagnosis: squared
"""


def inverse_time_decay(lr, t, k):
    return lr / (1 + k * t) ** 2
