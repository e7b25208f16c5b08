"""With the time in which the rate halves."""


def inverse_time_decay(lr, t, k):
    half = 1 / k
    return lr * half / (half + t)
