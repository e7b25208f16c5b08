"""Without the root.

Diagnosis: no-root
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + grad**2
    return theta - lr * grad / (s + eps), s
