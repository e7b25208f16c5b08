"""The learning rate in the exponent, too.

Diagnosis: rate-in-exponent
"""


def exponential_decay(lr, t, k):
    return lr * np.exp(-lr * k * t)
