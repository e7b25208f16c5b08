"""The learning rate of each entry first."""


def adagrad_step(theta, s, grad, lr, eps):
    s_new = s + grad**2
    rates = lr / (s_new**0.5 + eps)
    return theta - rates * grad, s_new
