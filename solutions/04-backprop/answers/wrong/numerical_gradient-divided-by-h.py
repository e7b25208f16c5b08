"""The two points are 2h apart, it divides by h.

Diagnosis: divided-by-h
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / h
    return g
