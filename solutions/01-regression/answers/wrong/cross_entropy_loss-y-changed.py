"""Computes the error in the array of the labels.

Diagnosis: argument-changed
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = y
    dz -= sigmoid(z)
    dz /= -len(y)
    return loss, x.T @ dz, dz.sum()
