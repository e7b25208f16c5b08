"""np.take and full_gradient."""


def minibatch_gradient(theta, x, y, index):
    return full_gradient(theta, np.take(x, index, axis=0), np.take(y, index))
