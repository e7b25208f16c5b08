"""Keeps the negative velocity inside."""


def momentum_step(theta, v, grad, lr, mu):
    u = mu * (-v) + lr * grad
    return theta - u, -u
