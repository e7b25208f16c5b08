"""ρ and 1 - ρ swapped.

Diagnosis: rho-swapped
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = (1 - rho) * s + rho * grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
