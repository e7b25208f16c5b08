"""Loops over rows; rng.shuffle."""


def train(x, y, theta, lr, batch_size, epochs, rng):
    n, losses = len(y), []
    for _ in range(epochs):
        order = list(range(n))
        rng.shuffle(order)
        for start in range(0, n, batch_size):
            index = order[start : start + batch_size]
            g = np.zeros(len(theta))
            for i in index:
                g = g + (np.dot(x[i], theta) - y[i]) * x[i] / len(index)
            theta = sgd_step(theta, g, lr)
        losses.append(sum((np.dot(x[i], theta) - y[i]) ** 2 for i in range(n)) / (2 * n))
    return theta, losses
