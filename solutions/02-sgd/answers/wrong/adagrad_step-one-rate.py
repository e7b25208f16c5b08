"""One sum of squares for all entries.

Diagnosis: one-rate-for-all
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + np.sum(grad**2)
    return theta - lr * grad / (np.sqrt(s) + eps), s
