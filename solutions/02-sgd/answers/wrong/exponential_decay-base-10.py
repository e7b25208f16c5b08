"""A power of 10.

Diagnosis: base-10
"""


def exponential_decay(lr, t, k):
    return lr * 10 ** (-k * t)
