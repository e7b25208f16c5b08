"""Returns the root.

Diagnosis: state-root-stored
"""


def adagrad_step(theta, s, grad, lr, eps):
    root = np.sqrt(s + grad**2)
    return theta - lr * grad / (root + eps), root
