"""θ is made a column: a table N × N of errors.

Diagnosis: broadcast
"""


def full_gradient(theta, x, y):
    error = x @ theta[:, None] - y
    return (x.T @ error).mean(axis=1) / len(y)
