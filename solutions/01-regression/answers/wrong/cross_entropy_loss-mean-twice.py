"""The gradient is divided by M twice.

Diagnosis: mean-twice
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz / len(y), dz.mean()
