"""k is added.

Diagnosis: k-added
"""


def inverse_time_decay(lr, t, k):
    return lr / (1 + k + t)
