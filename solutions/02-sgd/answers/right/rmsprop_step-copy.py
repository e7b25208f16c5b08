"""Copies that are changed in place, in a list."""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = s.copy()
    s *= rho
    s += (1 - rho) * grad**2
    theta = theta.copy()
    theta -= lr * np.divide(grad, eps + np.sqrt(s))
    return [theta, s]
