"""The step goes to the left only.

Diagnosis: backward-difference
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] -= h
        g[i] = (f(x) - f(moved)) / h
    return g
