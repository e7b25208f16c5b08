"""The absolute value.

Diagnosis: absolute-value
"""


def relu(z):
    return np.abs(z)
