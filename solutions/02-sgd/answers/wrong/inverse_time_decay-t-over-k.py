"""t is divided by k.

Diagnosis: k-divides
"""


def inverse_time_decay(lr, t, k):
    return lr / (1 + t / k)
