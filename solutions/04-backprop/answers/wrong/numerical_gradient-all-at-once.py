"""All entries move together.

Diagnosis: all-entries-moved
"""


def numerical_gradient(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h) * np.ones_like(x)
