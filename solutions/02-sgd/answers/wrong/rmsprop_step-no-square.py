"""Without the square.

Diagnosis: no-square
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad
    return theta - lr * grad / (np.sqrt(s) + eps), s
