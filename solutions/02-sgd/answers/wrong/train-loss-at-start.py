"""One loss too many: that at the start.

Diagnosis: shape
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            index = order[start : start + batch_size]
            theta = theta - lr * x[index].T @ (x[index] @ theta - y[index]) / len(index)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
