"""heaviside with 1 at 0."""


def relu_prime(z):
    return np.heaviside(z, 1.0)
