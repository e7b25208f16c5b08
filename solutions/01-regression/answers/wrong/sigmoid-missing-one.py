"""The 1 in the denominator is missing.

Diagnosis: missing-one
"""


def sigmoid(z):
    return 1 / np.exp(-z)
