"""Entry by entry."""


def sgd_step(theta, grad, lr):
    new = np.empty(theta.shape)
    for i in np.ndindex(theta.shape):
        new[i] = theta[i] - lr * grad[i]
    return new
