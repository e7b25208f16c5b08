"""A read-only view of one number."""


def mean_filter(k):
    return np.broadcast_to(1.0 / k / k, (k, k))
