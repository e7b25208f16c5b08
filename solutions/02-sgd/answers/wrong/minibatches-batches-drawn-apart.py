"""Each batch is drawn from all rows.

Diagnosis: row-twice
"""


def minibatches(n, batch_size, rng):
    return [rng.choice(n, size=min(batch_size, n - i), replace=False) for i in range(0, n, batch_size)]
