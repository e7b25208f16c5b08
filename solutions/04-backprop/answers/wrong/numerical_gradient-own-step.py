"""It uses a step of its own.

Diagnosis: h-ignored
"""


def numerical_gradient(f, x, h):
    h = 1e-6
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g
