"""To the power of -1."""


def inverse_time_decay(lr, t, k):
    return lr * (1.0 + k * t) ** -1
