"""Written for two inputs only.

Diagnosis: two-inputs-only
"""


def logistic_forward(x, w, b):
    return sigmoid(x[:, 0] * w[0] + x[:, 1] * w[1] + b)
