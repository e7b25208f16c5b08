"""A piecewise softplus whose two cases meet at 1 instead of 0.

Diagnosis: cases-misplaced
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    softplus = np.where(z > 1, z, 0) + np.log1p(np.exp(-np.abs(z)))
    error = sigmoid(z) - y
    return np.mean(softplus - y * z), error @ x / len(x), error.mean()
