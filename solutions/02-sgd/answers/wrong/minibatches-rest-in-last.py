"""The rest is added to the last whole batch.

Diagnosis: batch-sizes
"""


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    ends = [i * batch_size for i in range(max(1, n // batch_size))] + [n]
    return [order[a:b] for a, b in zip(ends, ends[1:])]
