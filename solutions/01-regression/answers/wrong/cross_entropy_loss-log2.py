"""The logarithm to base 2.

Diagnosis: log-base
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z) / np.log(2)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
