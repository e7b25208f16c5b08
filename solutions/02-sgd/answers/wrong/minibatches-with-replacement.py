"""Draws with replacement.

Diagnosis: row-twice
"""


def minibatches(n, batch_size, rng):
    return [rng.integers(n, size=min(batch_size, n - i)) for i in range(0, n, batch_size)]
