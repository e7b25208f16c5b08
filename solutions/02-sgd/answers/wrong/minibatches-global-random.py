"""The global random numbers.

Diagnosis: not-repeatable
"""


def minibatches(n, batch_size, rng):
    order = np.random.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
