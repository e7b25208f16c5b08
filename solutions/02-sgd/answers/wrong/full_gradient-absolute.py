"""The derivative of the absolute error.

Diagnosis: absolute-error
"""


def full_gradient(theta, x, y):
    return x.T @ np.sign(x @ theta - y) / len(y)
