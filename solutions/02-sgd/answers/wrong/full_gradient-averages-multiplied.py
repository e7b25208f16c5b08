"""Mean error times mean input.

Diagnosis: inputs-averaged
"""


def full_gradient(theta, x, y):
    return np.mean(x @ theta - y) * x.mean(axis=0)
