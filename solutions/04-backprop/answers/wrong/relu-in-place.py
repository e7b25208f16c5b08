"""Negative entries are made 0 in the argument.

Diagnosis: argument-changed
"""


def relu(z):
    z[z < 0] = 0
    return z
