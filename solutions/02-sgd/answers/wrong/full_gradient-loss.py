"""Returns the loss, not its gradient.

Diagnosis: shape
"""


def full_gradient(theta, x, y):
    return np.mean(0.5 * (x @ theta - y) ** 2)
