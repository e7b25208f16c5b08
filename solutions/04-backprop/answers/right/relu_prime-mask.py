"""A mask as floating numbers."""


def relu_prime(z):
    return (z >= 0).astype(float)
