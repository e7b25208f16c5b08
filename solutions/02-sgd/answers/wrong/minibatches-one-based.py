"""Rows from 1 to n.

Diagnosis: rows-lost
"""


def minibatches(n, batch_size, rng):
    order = rng.permutation(n) + 1
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
