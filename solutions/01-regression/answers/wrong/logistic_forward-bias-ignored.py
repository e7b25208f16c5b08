"""The bias is forgotten.

Diagnosis: bias-ignored
"""


def logistic_forward(x, w, b):
    return sigmoid(x @ w)
