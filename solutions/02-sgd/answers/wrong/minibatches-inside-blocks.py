"""Shuffles inside of each block only.

Diagnosis: not-shuffled
"""


def minibatches(n, batch_size, rng):
    return [i + rng.permutation(min(batch_size, n - i)) for i in range(0, n, batch_size)]
