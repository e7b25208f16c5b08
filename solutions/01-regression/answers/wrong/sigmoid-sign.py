"""The exponent has the wrong sign.

Diagnosis: complement
"""


def sigmoid(z):
    return 1 / (1 + np.exp(z))
