"""A new generator without a seed.

Diagnosis: not-repeatable
"""


def minibatches(n, batch_size, rng):
    order = np.random.default_rng().permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
