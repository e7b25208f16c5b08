"""Adds up in an array of integers.

Diagnosis: integer-buffer
"""


def full_gradient(theta, x, y):
    g = np.zeros(len(theta), dtype=int)
    for i in range(len(y)):
        g = g + ((x[i] @ theta - y[i]) * x[i]).astype(int)
    return g
