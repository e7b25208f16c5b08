"""Uses the name of a notebook variable that is not an argument.

Diagnosis: unknown-name
"""


def logistic_forward(x, w, b):
    return sigmoid(X_train @ w + b)
