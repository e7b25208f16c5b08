"""The bias is added after the sigmoid.

Diagnosis: bias-outside
"""


def logistic_forward(x, w, b):
    return sigmoid(x @ w) + b
