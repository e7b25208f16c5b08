"""Rounds the activation to a label.

Diagnosis: step
"""


def logistic_forward(x, w, b):
    return (sigmoid(x @ w + b) > 0.5).astype(float)
