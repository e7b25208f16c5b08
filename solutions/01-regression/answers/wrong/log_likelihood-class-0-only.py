"""Only (1 - y) ln(1 - a).

Diagnosis: false-class-term-only
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = -(1 - y) * np.logaddexp(0, z)
    return log_p.mean()
