"""The errors of all rows, then those of the batch."""


def minibatch_gradient(theta, x, y, index):
    error = x @ theta - y
    return np.mean(error[index][:, None] * x[index], axis=0)
