"""Subtracts the maximum in the array that was passed in.

Diagnosis: argument-changed
"""


def softmax(z):
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)
