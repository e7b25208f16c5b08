"""An empty batch at the end where the size divides.

Diagnosis: batch-sizes
"""


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size + 1)]
