"""Without the 1.

Diagnosis: missing-one
"""


def inverse_time_decay(lr, t, k):
    return lr / (k * t) if t else lr
