"""A power of 2.

Diagnosis: base-2
"""


def exponential_decay(lr, t, k):
    return lr * 2 ** (-k * t)
