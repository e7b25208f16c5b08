"""Divides by the growing exponential."""


def exponential_decay(lr, t, k):
    return lr / np.exp(k * t)
