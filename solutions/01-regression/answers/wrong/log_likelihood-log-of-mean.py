"""The logarithm of the mean probability.

Diagnosis: log-of-mean
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * z - np.logaddexp(0, z)
    return np.log(np.exp(log_p).mean())
