"""Sums over the batch, loss and gradient alike.

Diagnosis: sum-for-mean
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    dz = sigmoid(z) - y
    return np.sum(np.logaddexp(0, z) - y * z), x.T @ dz, dz.sum()
