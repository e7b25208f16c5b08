"""The logarithm to base 10.

Diagnosis: log-base
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z) / np.log(10)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
