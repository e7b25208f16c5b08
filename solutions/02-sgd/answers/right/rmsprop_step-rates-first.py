"""The learning rate of each entry first."""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s_new = rho * s + (1 - rho) * grad**2
    rates = lr / (s_new**0.5 + eps)
    return theta - rates * grad, s_new
