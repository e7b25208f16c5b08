"""Returns the gradients without the loss.

Diagnosis: structure
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return x.T @ dz, dz.sum()
