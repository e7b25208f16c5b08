"""Ones, divided by their sum."""


def mean_filter(k):
    w = np.ones((k, k))
    return w / w.sum()
