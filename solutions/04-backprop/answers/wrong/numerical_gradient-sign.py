"""The difference is taken the wrong way round.

Diagnosis: sign
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x - e) - f(x + e)) / (2 * h)
    return g
