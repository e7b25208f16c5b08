"""The result array holds integers, which cut the fractions off.

Diagnosis: integer-buffer
"""


def sigmoid(z):
    a = np.zeros(z.shape, dtype=int)
    a[...] = 1 / (1 + np.exp(-z))
    return a
