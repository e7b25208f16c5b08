"""Subtracts in the array y that was passed in.

Diagnosis: argument-changed
"""


def full_gradient(theta, x, y):
    y -= x @ theta
    return -x.T @ y / len(y)
