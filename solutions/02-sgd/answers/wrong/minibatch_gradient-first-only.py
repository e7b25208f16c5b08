"""return inside the loop.

Diagnosis: first-row-only
"""


def minibatch_gradient(theta, x, y, index):
    for i in index:
        return (x[i] @ theta - y[i]) * x[i]
