"""A leaky ReLU.

Diagnosis: leaky
"""


def relu(z):
    return np.where(z > 0, z, 0.01 * z)
