"""The largest entry of the array.

Diagnosis: shape
"""


def relu(z):
    return np.max([0, z.max()])
