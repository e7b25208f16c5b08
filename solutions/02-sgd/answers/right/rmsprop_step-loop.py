"""Entry by entry."""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    new_theta, new_s = np.array(theta), np.array(s)
    for i in np.ndindex(theta.shape):
        g = grad[i]
        new_s[i] = rho * s[i] + (1 - rho) * g * g
        new_theta[i] -= lr / (new_s[i] ** 0.5 + eps) * g
    return new_theta, new_s
