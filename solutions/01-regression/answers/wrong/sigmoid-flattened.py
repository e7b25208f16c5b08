"""Loses the shape of the argument.

Diagnosis: shape
"""


def sigmoid(z):
    return np.array([1 / (1 + np.exp(-v)) for v in z.flatten()])
