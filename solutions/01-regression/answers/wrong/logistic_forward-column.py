"""Returns a column (M, 1).

Diagnosis: shape
"""


def logistic_forward(x, w, b):
    return sigmoid(x @ w + b)[:, None]
