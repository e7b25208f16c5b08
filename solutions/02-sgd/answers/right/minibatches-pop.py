"""Rows drawn one by one from those that are left."""


def minibatches(n, batch_size, rng):
    left = list(range(n))
    batches = []
    while left:
        batch = []
        while left and len(batch) < batch_size:
            batch.append(left.pop(int(rng.integers(len(left)))))
        batches.append(np.array(batch))
    return batches
