"""Returns s first.

Diagnosis: swapped
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return s, theta - lr * grad / (np.sqrt(s) + eps)
