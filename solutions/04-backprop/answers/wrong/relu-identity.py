"""A copy of z.

Diagnosis: identity
"""


def relu(z):
    return z.copy()
