"""The activation is clipped before the logarithm.

Diagnosis: clipped-probability
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(
        -y * np.log(np.clip(sigmoid(z), 1e-12, 1 - 1e-12)) - (1 - y) * np.log(1 - np.clip(sigmoid(z), 1e-12, 1 - 1e-12))
    )
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
