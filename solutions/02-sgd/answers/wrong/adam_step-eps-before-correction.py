"""Corrects the learning rate: ε meets the uncorrected root.

Diagnosis: eps-before-correction
"""


def adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps):
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + eps), m, v, t
