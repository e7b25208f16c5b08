"""The derivative of the square without the half.

Diagnosis: factor-2
"""


def full_gradient(theta, x, y):
    return 2 * x.T @ (x @ theta - y) / len(y)
