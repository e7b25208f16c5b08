"""A copy of θ, changed in place; the losses as an array."""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    theta = np.array(theta, dtype=float)
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            index = order[start : start + batch_size]
            theta -= lr * (x[index] @ theta - y[index]) @ x[index] / len(index)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return [theta, np.array(losses)]
