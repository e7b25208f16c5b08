"""Only -y ln a.

Diagnosis: true-class-term-only
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(y * np.logaddexp(0, -z))
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
