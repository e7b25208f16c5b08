"""Works in the array that was passed in.

Diagnosis: argument-changed
"""


def sigmoid(z):
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    return 1 / z
