"""np.mean and a division by N.

Diagnosis: mean-twice
"""


def full_gradient(theta, x, y):
    return np.mean((x @ theta - y)[:, None] * x, axis=0) / len(y)
