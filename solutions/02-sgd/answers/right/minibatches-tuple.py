"""A tuple of arrays."""


def minibatches(n, batch_size, rng):
    order = rng.permutation(np.arange(n))
    return tuple(order[i : min(i + batch_size, n)] for i in range(0, n, batch_size))
