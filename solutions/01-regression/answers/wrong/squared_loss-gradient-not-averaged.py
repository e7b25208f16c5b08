"""The gradient is summed over the batch while the loss is a mean.

Diagnosis: sum-for-mean
"""


def squared_loss(x, y, w, b):
    a = logistic_forward(x, w, b)
    dz = 2 * (a - y) * a * (1 - a)
    return np.mean((y - a) ** 2), x.T @ dz, dz.sum()
