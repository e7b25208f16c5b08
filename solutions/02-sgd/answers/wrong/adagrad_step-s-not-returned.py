"""Returns the old s.

Diagnosis: state-unchanged
"""


def adagrad_step(theta, s, grad, lr, eps):
    new = s + grad**2
    return theta - lr * grad / (np.sqrt(new) + eps), s
