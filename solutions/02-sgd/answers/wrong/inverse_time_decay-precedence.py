"""Without brackets.

Diagnosis: brackets-missing
"""


def inverse_time_decay(lr, t, k):
    return lr / 1 + k * t
