"""einsum, a list for the tuple, 0-d arrays for the numbers."""


def squared_loss(x, y, w, b):
    a = logistic_forward(x, w, b)
    e = a - y
    dz = 2 * e * (a - a * a) / e.size
    return [np.array(np.dot(e, e) / e.size), np.einsum("md,m->d", x, dz), np.array(dz.sum())]
