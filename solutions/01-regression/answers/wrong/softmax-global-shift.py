"""One shift for the whole batch: a row far below underflows to 0/0.

Diagnosis: not-finite
"""


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)
