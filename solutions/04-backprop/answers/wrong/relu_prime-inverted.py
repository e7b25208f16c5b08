"""1 where z is negative.

Diagnosis: mask-inverted
"""


def relu_prime(z):
    return np.where(z <= 0, 1.0, 0.0)
