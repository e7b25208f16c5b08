"""Copies that are changed in place, in a list."""


def adagrad_step(theta, s, grad, lr, eps):
    s = s.copy()
    s += grad**2
    theta = theta.copy()
    theta -= lr * np.divide(grad, eps + np.sqrt(s))
    return [theta, s]
