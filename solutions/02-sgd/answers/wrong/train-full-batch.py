"""All rows in each step.

Diagnosis: one-step-an-epoch
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        for start in range(1):
            index = np.arange(n)
            theta = theta - lr * x[index].T @ (x[index] @ theta - y[index]) / len(index)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
