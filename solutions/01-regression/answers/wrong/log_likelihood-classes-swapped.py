"""The probability of the other label.

Diagnosis: labels-swapped
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = (1 - y) * z - np.logaddexp(0, z)
    return log_p.mean()
