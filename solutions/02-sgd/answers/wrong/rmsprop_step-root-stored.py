"""Returns the root.

Diagnosis: state-root-stored
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    root = np.sqrt(rho * s + (1 - rho) * grad**2)
    return theta - lr * grad / (root + eps), root
