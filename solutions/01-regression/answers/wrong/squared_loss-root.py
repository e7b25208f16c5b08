"""The root of the mean square.

Diagnosis: root
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.sqrt(np.mean((y - a) ** 2))
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
