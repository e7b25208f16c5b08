"""y and 1 - y change places in the loss.

Diagnosis: labels-swapped
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - (1 - y) * z)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.T @ dz, dz.sum()
