"""The probability of the other class.

Diagnosis: complement
"""


def logistic_forward(x, w, b):
    return sigmoid(-(x @ w + b))
