"""The error is y - x·θ.

Diagnosis: sign
"""


def full_gradient(theta, x, y):
    return x.T @ (y - x @ theta) / len(y)
