"""Returns the logarithm.

Diagnosis: log-softmax
"""


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.log(e / e.sum(axis=1, keepdims=True))
