"""The gradient points uphill: y - a.

Diagnosis: sign
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    dz = (y - sigmoid(z)) / len(y)
    return np.mean(np.logaddexp(0, z) - y * z), x.T @ dz, dz.sum()
