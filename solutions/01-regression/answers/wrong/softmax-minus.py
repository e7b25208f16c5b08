"""The scores enter with a minus.

Diagnosis: softmax-minus
"""


def softmax(z):
    e = np.exp(z.min(axis=1, keepdims=True) - z)
    return e / e.sum(axis=1, keepdims=True)
