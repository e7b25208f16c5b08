"""The mean of the batches' losses, each before its step.

Diagnosis: losses-before
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        order = rng.permutation(n)
        batch_losses = []
        for start in range(0, n, batch_size):
            index = order[start : start + batch_size]
            batch_losses.append(0.5 * np.mean((x[index] @ theta - y[index]) ** 2))
            theta = theta - lr * x[index].T @ (x[index] @ theta - y[index]) / len(index)
        losses.append(np.mean(batch_losses))
    return theta, losses
