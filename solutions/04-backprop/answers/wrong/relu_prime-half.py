"""One half at the kink.

Diagnosis: half-at-kink
"""


def relu_prime(z):
    return np.heaviside(z, 0.5)
