"""The notes' formula as it stands: ln 0 for large scores.

Diagnosis: not-finite
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(-y * np.log(sigmoid(z)) - (1 - y) * np.log(1 - sigmoid(z)))
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
