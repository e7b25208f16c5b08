"""Divides by the number of inputs.

Diagnosis: mean-over-more
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * z - np.logaddexp(0, z)
    return log_p.sum() / x.shape[1]
