"""Only the first row of the batch.

Diagnosis: first-row-only
"""


def logistic_forward(x, w, b):
    return np.full(x.shape[0], sigmoid(x[0] @ w + b))
