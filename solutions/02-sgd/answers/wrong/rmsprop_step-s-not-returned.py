"""Returns the old s.

Diagnosis: state-unchanged
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    new = rho * s + (1 - rho) * grad**2
    return theta - lr * grad / (np.sqrt(new) + eps), s
