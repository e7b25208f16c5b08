"""Without the root.

Diagnosis: no-root
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return theta - lr * grad / (s + eps), s
