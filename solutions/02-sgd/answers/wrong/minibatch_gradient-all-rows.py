"""The full gradient.

Diagnosis: index-ignored
"""


def minibatch_gradient(theta, x, y, index):
    return x.T @ (x @ theta - y) / len(y)
