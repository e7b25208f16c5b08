"""A helper function beside it."""


def _epoch(x, y, theta, lr, batches):
    for index in batches:
        theta = theta - lr * minibatch_gradient(theta, x, y, index)
    return theta


def train(x, y, theta, lr, batch_size, epochs, rng):
    losses = []
    while len(losses) < epochs:
        theta = _epoch(x, y, theta, lr, minibatches(x.shape[0], batch_size, rng))
        error = x @ theta - y
        losses.append(error @ error / (2 * len(error)))
    return theta, losses
