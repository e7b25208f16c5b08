"""A Python loop and a Python float."""


def log_likelihood(x, y, w, b):
    total = 0.0
    for m in range(len(y)):
        z = x[m].dot(w) + b
        total -= np.logaddexp(0.0, -z) if y[m] == 1 else np.logaddexp(0.0, z)
    return float(total / len(y))
