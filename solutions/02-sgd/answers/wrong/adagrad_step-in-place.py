"""Changes the s that was passed in.

Diagnosis: argument-changed
"""


def adagrad_step(theta, s, grad, lr, eps):
    s += grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
