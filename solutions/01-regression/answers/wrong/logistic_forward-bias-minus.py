"""The bias is subtracted.

Diagnosis: bias-sign
"""


def logistic_forward(x, w, b):
    return sigmoid(x @ w - b)
