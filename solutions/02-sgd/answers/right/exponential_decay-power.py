"""A power of e."""


def exponential_decay(lr, t, k):
    return lr * np.e ** (-(k * t))
