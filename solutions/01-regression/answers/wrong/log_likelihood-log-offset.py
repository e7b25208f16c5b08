"""A small number added inside the logarithm.

Diagnosis: log-offset
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = y * np.log(sigmoid(z) + 1e-8) + (1 - y) * np.log(1 - sigmoid(z) + 1e-8)
    return log_p.mean()
