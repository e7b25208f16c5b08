"""The bias is forgotten in the forward pass.

Diagnosis: bias-ignored
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
