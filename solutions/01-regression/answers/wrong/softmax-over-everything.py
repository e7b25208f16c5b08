"""Divides by the sum over the whole array.

Diagnosis: softmax-over-all
"""


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum()
