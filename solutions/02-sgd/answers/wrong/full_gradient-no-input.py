"""Forgets the inner derivative x.

Diagnosis: input-missing
"""


def full_gradient(theta, x, y):
    error = x @ theta - y
    return np.full(theta.shape, error.mean())
