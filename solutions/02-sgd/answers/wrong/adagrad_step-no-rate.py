"""Without the learning rate.

Diagnosis: rate-missing
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + grad**2
    return theta - grad / (np.sqrt(s) + eps), s
