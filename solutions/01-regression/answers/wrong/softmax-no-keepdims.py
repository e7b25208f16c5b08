"""The sums do not line up with the rows.

Diagnosis: raises
"""


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)
