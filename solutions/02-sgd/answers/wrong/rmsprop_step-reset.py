"""Forgets the old mean.

Diagnosis: state-reset
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = (1 - rho) * grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
