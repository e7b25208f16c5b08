"""The loss of each row, not their mean.

Diagnosis: shape
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.logaddexp(0, z) - y * z
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
