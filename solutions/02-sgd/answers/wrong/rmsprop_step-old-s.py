"""Divides by the old s.

Diagnosis: old-state
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    theta = theta - lr * grad / (np.sqrt(s) + eps)
    return theta, rho * s + (1 - rho) * grad**2
