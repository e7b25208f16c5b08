"""The scores are clipped.

Diagnosis: clipped
"""


def softmax(z):
    z = np.clip(z, -10, 10)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
