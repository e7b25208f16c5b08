"""Mean error times mean input.

Diagnosis: inputs-averaged
"""


def cross_entropy_loss(x, y, w, b):
    z = x @ w + b
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    return loss, x.mean(axis=0) * dz.sum(), dz.sum()
