"""The derivative of a leaky ReLU.

Diagnosis: leaky
"""


def relu_prime(z):
    return np.where(z >= 0, 1.0, 0.01)
