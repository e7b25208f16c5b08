"""Only -(1 - y) ln(1 - a).

Diagnosis: false-class-term-only
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean((1 - y) * np.logaddexp(0, z))
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
