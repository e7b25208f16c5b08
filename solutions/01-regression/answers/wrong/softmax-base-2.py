"""Powers of 2.

Diagnosis: base-2
"""


def softmax(z):
    e = 2.0 ** (z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
