"""Returns the order, uncut.

Diagnosis: not-batches
"""


def minibatches(n, batch_size, rng):
    return rng.permutation(n)
