"""A loop over the rows."""


def minibatch_gradient(theta, x, y, index):
    g = np.zeros_like(theta)
    for i in index:
        g += (np.dot(x[i], theta) - y[i]) * x[i]
    return g / len(index)
