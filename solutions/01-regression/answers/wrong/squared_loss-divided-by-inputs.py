"""Divides by the number of inputs, not by the batch.

Diagnosis: mean-over-more
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) * a * (1 - a) / x.shape[1]
    return loss, x.T @ dz, dz.sum()
