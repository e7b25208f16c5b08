"""Without the learning rate.

Diagnosis: not-times-rate
"""


def inverse_time_decay(lr, t, k):
    return 1 / (1 + k * t)
