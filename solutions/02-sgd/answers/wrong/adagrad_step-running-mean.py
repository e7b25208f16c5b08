"""A running mean in place of the sum.

Diagnosis: running-mean
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = 0.9 * s + 0.1 * grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
