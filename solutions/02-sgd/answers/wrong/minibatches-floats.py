"""Random numbers in the place of row numbers.

Diagnosis: not-batches
"""


def minibatches(n, batch_size, rng):
    order = n * rng.random(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
