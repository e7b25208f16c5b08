"""Picks the column of the true label."""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    both = np.stack([-np.logaddexp(0, z), -np.logaddexp(0, -z)], axis=1)
    return np.mean(both[np.arange(len(y)), y.astype(int)])
