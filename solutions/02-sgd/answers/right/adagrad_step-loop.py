"""Entry by entry."""


def adagrad_step(theta, s, grad, lr, eps):
    new_theta, new_s = np.array(theta), np.array(s)
    for i in np.ndindex(theta.shape):
        g = grad[i]
        new_s[i] = s[i] + g * g
        new_theta[i] -= lr / (new_s[i] ** 0.5 + eps) * g
    return new_theta, new_s
