"""A column of activations against a row of labels: an M by M table.

Diagnosis: broadcast
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a[:, None]) ** 2)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
