"""ln of a rounded probability is minus infinity.

Diagnosis: not-finite
"""


def log_likelihood(x, y, w, b):
    z = x @ w + b
    log_p = np.log(np.where(y == 1, sigmoid(z), 1 - sigmoid(z)))
    return log_p.mean()
