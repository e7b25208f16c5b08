"""An epoch as a function of its own."""


def train(params, x, y, lr, mu, batch_size, epochs, rng, watch=None):
    def epoch(theta, v):
        order = rng.choice(len(y), size=len(y), replace=False)
        total = 0
        for i in range(-(-len(y) // batch_size)):
            rows = order[i * batch_size : (i + 1) * batch_size]
            loss, g = network_loss(theta, x[rows], y[rows])
            v = {k: mu * v[k] - lr * g[k] for k in g}
            theta = {k: theta[k] + v[k] for k in g}
            total += loss * len(rows) / len(y)
        return theta, v, total

    v, losses = {k: 0.0 for k in params}, []
    for _ in range(epochs):
        params, v, loss = epoch(params, v)
        losses = [*losses, loss]
        if watch is not None:
            watch(params, losses)
    return params, np.array(losses)
