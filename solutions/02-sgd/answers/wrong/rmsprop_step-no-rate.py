"""Without the learning rate.

Diagnosis: rate-missing
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return theta - grad / (np.sqrt(s) + eps), s
