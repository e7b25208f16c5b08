"""The argument is overwritten.

Diagnosis: argument-changed
"""


def relu_prime(z):
    z[z >= 0] = 1
    z[z < 0] = 0
    return z
