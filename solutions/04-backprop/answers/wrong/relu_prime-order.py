"""A wrong order, and in place: everything that became 0 counts as positive.

Diagnosis: always-1
"""


def relu_prime(z):
    z[z < 0] = 0
    z[z >= 0] = 1
    return z
