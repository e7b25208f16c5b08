"""Without a velocity: μ times the last move."""


def train(params, x, y, lr, mu, batch_size, epochs, rng, watch=None):
    before, losses = params, []
    for _ in range(epochs):
        order = np.argsort(rng.random(len(y)))
        seen = []
        while len(order):
            batch, order = order[:batch_size], order[batch_size:]
            loss, grads = network_loss(params, x[batch], y[batch])
            seen += [loss] * len(batch)
            params, before = {k: p - lr * grads[k] + mu * (p - before[k]) for k, p in params.items()}, params
        losses.append(np.mean(seen))
        if watch is not None:
            watch(params, losses)
    return params, losses
