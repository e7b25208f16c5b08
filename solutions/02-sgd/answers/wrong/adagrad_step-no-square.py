"""Without the square.

Diagnosis: no-square
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + grad
    return theta - lr * grad / (np.sqrt(s) + eps), s
