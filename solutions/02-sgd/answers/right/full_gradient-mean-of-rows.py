"""The mean of the gradients of the rows."""


def full_gradient(theta, x, y):
    return np.mean((x @ theta - y)[:, np.newaxis] * x, axis=0)
