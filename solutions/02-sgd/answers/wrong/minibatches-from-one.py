"""Row 0 is never used.

Diagnosis: rows-lost
"""


def minibatches(n, batch_size, rng):
    order = 1 + rng.permutation(n - 1)
    return [order[i : i + batch_size] for i in range(0, n - 1, batch_size)]
