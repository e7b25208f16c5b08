"""Copies of the arrays, then in place."""


def train(params, x, y, lr, mu, batch_size, epochs, rng, watch=None):
    theta = {k: p.copy() for k, p in params.items()}
    v = {k: np.zeros_like(p) for k, p in params.items()}
    N, losses = x.shape[0], []
    for epoch in range(epochs):
        index = np.arange(N)
        rng.shuffle(index)
        batch_losses, batch_sizes = [], []
        for batch in np.split(index, range(batch_size, N, batch_size)):
            loss, grads = network_loss(theta, x[batch], y[batch])
            for k in theta:
                v[k] *= mu
                v[k] -= lr * grads[k]
                theta[k] += v[k]
            batch_losses.append(loss)
            batch_sizes.append(batch.size)
        losses.append(np.average(batch_losses, weights=batch_sizes))
        if watch:
            watch({k: p.copy() for k, p in theta.items()}, list(losses))
    return theta, losses
