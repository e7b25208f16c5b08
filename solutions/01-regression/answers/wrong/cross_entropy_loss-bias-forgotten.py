"""The bias is forgotten.

Diagnosis: bias-ignored
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
