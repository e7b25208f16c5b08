"""One sum of squares for all entries.

Diagnosis: one-rate-for-all
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * np.sum(grad**2)
    return theta - lr * grad / (np.sqrt(s) + eps), s
