"""Without the factor 1 - ρ.

Diagnosis: sum-not-mean
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
