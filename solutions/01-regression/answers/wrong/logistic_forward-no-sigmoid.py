"""Returns the score z, not the activation.

Diagnosis: score-not-activation
"""


def logistic_forward(x, w, b):
    return x @ w + b
