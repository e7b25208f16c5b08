"""Shuffles the caller's x and y.

Diagnosis: argument-changed
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        order = rng.permutation(n)
        x[:], y[:] = x[order], y[order]
        for start in range(0, n, batch_size):
            index = slice(start, min(start + batch_size, n))
            theta = theta - lr * x[index].T @ (x[index] @ theta - y[index]) / len(y[index])
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
