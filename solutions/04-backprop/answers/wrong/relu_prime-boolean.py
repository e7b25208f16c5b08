"""True and False.

Diagnosis: integer-buffer
"""


def relu_prime(z):
    return z >= 0
