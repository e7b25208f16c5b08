"""x and y are shuffled apart.

Diagnosis: rows-apart
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        xs, ys = rng.permutation(x), rng.permutation(y)
        for start in range(0, n, batch_size):
            a, b = xs[start : start + batch_size], ys[start : start + batch_size]
            theta = theta - lr * a.T @ (a @ theta - b) / len(b)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
