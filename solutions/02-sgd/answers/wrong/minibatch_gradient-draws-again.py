"""Draws rows of its own.

Diagnosis: not-repeatable
"""


def minibatch_gradient(theta, x, y, index):
    rows = np.random.randint(0, len(y), size=len(index))
    return x[rows].T @ (x[rows] @ theta - y[rows]) / len(index)
