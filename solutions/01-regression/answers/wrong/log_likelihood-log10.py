"""The logarithm to base 10.

Diagnosis: log-base
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * z - np.logaddexp(0, z)
    return log_p.mean() / np.log(10)
