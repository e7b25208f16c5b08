"""Loss and gradient are sums over the batch.

Diagnosis: sum-for-mean
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.sum((y - a) ** 2)
    dz = 2 * (a - y) * a * (1 - a)
    return loss, x.T @ dz, dz.sum()
