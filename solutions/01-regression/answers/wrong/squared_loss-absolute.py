"""The absolute error instead of the square.

Diagnosis: absolute-error
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean(np.abs(y - a))
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
