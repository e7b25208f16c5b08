"""The gradient of the square without the half.

Diagnosis: gradient-factor-2
"""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            index = order[start : start + batch_size]
            theta = theta - 2 * lr * x[index].T @ (x[index] @ theta - y[index]) / len(index)
        losses.append(0.5 * np.mean((x @ theta - y) ** 2))
    return theta, losses
