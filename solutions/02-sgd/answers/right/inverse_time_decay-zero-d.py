"""A 0-d array."""


def inverse_time_decay(lr, t, k):
    return np.array(lr) / np.array(1 + k * t)
