"""Works for matrices only.

Diagnosis: raises
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            e = np.zeros_like(x)
            e[i, j] = h
            g[i, j] = (f(x + e) - f(x - e)) / (2 * h)
    return g
