"""A factor 1/2 in the loss, by habit.

Diagnosis: factor-2
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = 0.5 * np.mean((y - a) ** 2)
    dz = (a - y) * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
