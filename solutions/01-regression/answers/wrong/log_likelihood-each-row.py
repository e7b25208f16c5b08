"""Returns one value for each row.

Diagnosis: shape
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * z - np.logaddexp(0, z)
    return log_p
