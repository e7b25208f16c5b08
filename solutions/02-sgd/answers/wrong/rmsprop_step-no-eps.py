"""Without ε.

Diagnosis: eps-missing
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return theta - lr * grad / np.sqrt(s), s
