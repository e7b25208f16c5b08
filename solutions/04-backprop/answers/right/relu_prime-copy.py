"""Two assignments to a copy."""


def relu_prime(z):
    slope = np.ones_like(z)
    slope[z < 0] = 0
    return slope
