"""batch_size is taken for the number of batches.

Diagnosis: batch-sizes
"""


def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), batch_size)
