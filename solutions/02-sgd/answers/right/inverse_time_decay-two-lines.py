"""Two lines."""


def inverse_time_decay(lr, t, k):
    slowdown = 1 + t * k
    return np.divide(lr, slowdown)
