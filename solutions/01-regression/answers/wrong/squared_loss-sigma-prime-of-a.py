"""The derivative of the sigmoid is taken at a.

Diagnosis: sigma-prime-of-a
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) * sigmoid(a) * (1 - sigmoid(a)) / len(y)
    return loss, x.T @ dz, dz.sum()
