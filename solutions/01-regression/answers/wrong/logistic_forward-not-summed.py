"""x * w multiplies entry by entry and is never summed.

Diagnosis: shape
"""


def logistic_forward(x, w, b):
    return sigmoid(x * w + b)
