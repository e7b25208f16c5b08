"""An if on a whole array: its truth value is ambiguous.

Diagnosis: raises
"""


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))
