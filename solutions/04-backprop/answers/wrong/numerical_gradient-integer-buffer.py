"""The gradient is stored in integers.

Diagnosis: integer-buffer
"""


def numerical_gradient(f, x, h):
    g = np.zeros(x.shape, dtype=int)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g
