"""Entry by entry."""


def momentum_step(theta, v, grad, lr, mu):
    new_theta, new_v = np.zeros(theta.shape), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        new_v[i] = mu * v[i] - lr * grad[i]
        new_theta[i] = theta[i] + new_v[i]
    return new_theta, new_v
