"""Adds the step.

Diagnosis: ascent
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + grad**2
    return theta + lr * grad / (np.sqrt(s) + eps), s
