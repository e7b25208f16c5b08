"""Shuffled copies of x and y."""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        order = np.argsort(rng.random(n))
        xs, ys = x[order], y[order]
        for start in range(0, n, batch_size):
            a, b = xs[start : start + batch_size], ys[start : start + batch_size]
            theta = theta - lr * np.mean((a @ theta - b)[:, None] * a, axis=0)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
