"""Without the learning rate.

Diagnosis: not-times-rate
"""


def exponential_decay(lr, t, k):
    return np.exp(-k * t)
