"""Shuffles the batches, not the rows.

Diagnosis: not-shuffled
"""


def minibatches(n, batch_size, rng):
    blocks = [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]
    rng.shuffle(blocks)
    return blocks
