"""Counts right answers.

Diagnosis: accuracy
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * z - np.logaddexp(0, z)
    return np.mean((z > 0) == y)
