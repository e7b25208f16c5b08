"""return inside the loop.

Diagnosis: rows-lost
"""


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for i in range(0, n, batch_size):
        return [order[i : i + batch_size]]
