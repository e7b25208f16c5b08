"""The 2 from the square is missing in the gradient.

Diagnosis: factor-2
"""


def squared_loss(x, y, w, b):
    a = logistic_forward(x, w, b)
    dz = (a - y) * a * (1 - a) / len(y)
    return np.mean((y - a) ** 2), x.T @ dz, dz.sum()
