"""Returns s first.

Diagnosis: swapped
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + grad**2
    return s, theta - lr * grad / (np.sqrt(s) + eps)
