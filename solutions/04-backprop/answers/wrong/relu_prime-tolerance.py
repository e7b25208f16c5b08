"""Numbers near 0 count as the kink.

Diagnosis: "relu_prime"
"""


def relu_prime(z):
    return np.where(z > -1e-6, 1.0, 0.0)
