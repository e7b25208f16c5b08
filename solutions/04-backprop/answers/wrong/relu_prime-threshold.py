"""The switch at 1.

Diagnosis: threshold-1
"""


def relu_prime(z):
    return np.where(z >= 1, 1.0, 0.0)
