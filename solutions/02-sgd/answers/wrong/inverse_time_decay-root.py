"""The root of the denominator.

Diagnosis: root
"""


def inverse_time_decay(lr, t, k):
    return lr / np.sqrt(1 + k * t)
