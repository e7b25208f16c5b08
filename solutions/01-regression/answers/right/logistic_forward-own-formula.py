"""The logistic function written out."""


def logistic_forward(x, w, b):
    return 1.0 / (1.0 + np.exp(-np.einsum("md,d->m", x, w) - b))
