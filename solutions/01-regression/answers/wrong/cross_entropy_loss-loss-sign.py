"""The loss is the log likelihood, without the minus.

Diagnosis: sign
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(y * z - np.logaddexp(0, z))
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
