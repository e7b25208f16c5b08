"""The logarithm of the rate falls linearly."""


def exponential_decay(lr, t, k):
    return np.exp(np.log(lr) - k * t)
