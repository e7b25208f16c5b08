"""return inside the loop.

Diagnosis: first-row-only
"""


def full_gradient(theta, x, y):
    for i in range(len(y)):
        return (x[i] @ theta - y[i]) * x[i]
