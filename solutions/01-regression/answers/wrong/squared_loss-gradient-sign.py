"""The gradient points uphill: y - a.

Diagnosis: sign
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (y - a) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
