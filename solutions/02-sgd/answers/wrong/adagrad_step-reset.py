"""Forgets the old sum.

Diagnosis: state-reset
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
