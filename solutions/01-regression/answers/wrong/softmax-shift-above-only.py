"""Shifts above the fraction line only.

Diagnosis: shift-not-cancelled
"""


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.exp(z).sum(axis=1, keepdims=True)
