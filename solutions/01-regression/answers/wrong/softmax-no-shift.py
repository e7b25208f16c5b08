"""No shift: exp overflows.

Diagnosis: not-finite
"""


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)
