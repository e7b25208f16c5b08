"""The minus is missing.

Diagnosis: decay-sign
"""


def exponential_decay(lr, t, k):
    return lr * np.exp(k * t)
