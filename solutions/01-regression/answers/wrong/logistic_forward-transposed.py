"""The matrix is transposed: the shapes do not fit.

Diagnosis: raises
"""


def logistic_forward(x, w, b):
    return sigmoid(x.T @ w + b)
