"""Whole numbers.

Diagnosis: integer-buffer
"""


def relu_prime(z):
    return np.where(z >= 0, 1, 0)
