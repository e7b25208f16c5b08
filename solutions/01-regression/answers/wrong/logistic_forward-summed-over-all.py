"""The sum runs over the whole batch.

Diagnosis: shape
"""


def logistic_forward(x, w, b):
    return sigmoid(np.sum(x * w) + b)
