"""Intermediate names."""


def momentum_step(theta, v, grad, lr, mu):
    push = lr * grad
    new_v = np.array(v) * mu
    new_v -= push
    return theta + new_v, new_v
