"""The last batch is filled up from the beginning.

Diagnosis: row-twice
"""


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [np.take(order, np.arange(i, i + batch_size), mode="wrap") for i in range(0, n, batch_size)]
