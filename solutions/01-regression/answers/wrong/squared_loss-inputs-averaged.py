"""Mean error times mean input.

Diagnosis: inputs-averaged
"""


def squared_loss(x, y, w, b):
    a = sigmoid(x @ w + b)
    loss = np.mean((y - a) ** 2)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return loss, x.mean(axis=0) * dz.sum(), dz.sum()
