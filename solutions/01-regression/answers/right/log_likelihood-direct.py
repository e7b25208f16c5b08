"""ln p from the signed score."""


def log_likelihood(x, y, w, b):
    s = (2 * y - 1) * (x @ w + b)
    return float(-np.logaddexp(0, -s).mean())
