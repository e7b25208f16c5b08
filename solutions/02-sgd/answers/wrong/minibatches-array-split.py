"""np.array_split evens out the sizes.

Diagnosis: batch-sizes
"""


def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), -(-n // batch_size))
