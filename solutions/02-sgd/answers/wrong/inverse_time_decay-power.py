"""t is an exponent.

Diagnosis: power-of-t
"""


def inverse_time_decay(lr, t, k):
    return lr / (1 + k) ** t
