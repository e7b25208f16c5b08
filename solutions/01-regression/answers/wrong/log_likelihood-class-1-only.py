"""Only y ln a.

Diagnosis: true-class-term-only
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = -y * np.logaddexp(0, -z)
    return log_p.mean()
