"""The label is forgotten on the way back.

Diagnosis: label-ignored
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = sigmoid(z) / len(y)
    return loss, x.T @ dz, dz.sum()
