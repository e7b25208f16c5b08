"""Forgets y.

Diagnosis: label-ignored
"""


def full_gradient(theta, x, y):
    return x.T @ (x @ theta) / len(y)
