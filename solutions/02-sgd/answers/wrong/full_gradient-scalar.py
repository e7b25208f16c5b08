"""The mean error, a single number.

Diagnosis: shape
"""


def full_gradient(theta, x, y):
    return np.mean(x @ theta - y)
