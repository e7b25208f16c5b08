"""Divides by the number of inputs, not by the batch.

Diagnosis: mean-over-more
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / x.shape[1]
    return loss, x.T @ dz, dz.sum()
