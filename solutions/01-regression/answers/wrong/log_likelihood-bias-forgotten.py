"""The bias is forgotten.

Diagnosis: bias-ignored
"""


def log_likelihood(x, y, w, b):
    z = x @ w
    log_p = y * z - np.logaddexp(0, z)
    return log_p.mean()
