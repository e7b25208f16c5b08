"""The minimum for the maximum.

Diagnosis: upside-down
"""


def relu(z):
    return np.minimum(0, z)
