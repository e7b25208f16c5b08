"""rng.choice without replacement, lists of ints."""


def minibatches(n, batch_size, rng):
    order = rng.choice(n, size=n, replace=False).tolist()
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
