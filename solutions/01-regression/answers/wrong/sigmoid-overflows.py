"""e^z / (1 + e^z) overflows to nan for large z.

Diagnosis: not-finite
"""


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
