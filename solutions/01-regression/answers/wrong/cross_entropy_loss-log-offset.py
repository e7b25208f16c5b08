"""A small number added inside the logarithm cuts large losses off.

Diagnosis: log-offset
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(-y * np.log(sigmoid(z) + 1e-8) - (1 - y) * np.log(1 - sigmoid(z) + 1e-8))
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
