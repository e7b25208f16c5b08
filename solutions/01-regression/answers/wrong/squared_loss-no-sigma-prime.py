"""The derivative of the sigmoid is missing.

Diagnosis: sigma-prime-missing
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) / len(y)
    return loss, x.T @ dz, dz.sum()
