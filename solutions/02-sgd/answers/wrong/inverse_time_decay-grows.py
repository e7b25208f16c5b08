"""Multiplies.

Diagnosis: decay-sign
"""


def inverse_time_decay(lr, t, k):
    return lr * (1 + k * t)
