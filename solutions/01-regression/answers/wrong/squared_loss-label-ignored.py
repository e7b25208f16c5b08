"""The label is forgotten on the way back.

Diagnosis: label-ignored
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * a * a * (1 - a) / len(y)
    return loss, x.T @ dz, dz.sum()
