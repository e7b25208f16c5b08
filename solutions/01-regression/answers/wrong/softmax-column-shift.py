"""The shift is the maximum of each column.

Diagnosis: shift-by-column
"""


def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
