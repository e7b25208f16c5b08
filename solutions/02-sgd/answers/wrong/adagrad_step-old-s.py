"""Divides by the old s.

Diagnosis: old-state
"""


def adagrad_step(theta, s, grad, lr, eps):
    theta = theta - lr * grad / (np.sqrt(s) + eps)
    return theta, s + grad**2
