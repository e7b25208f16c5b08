"""The step goes to one side only.

Diagnosis: one-sided
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] += h
        g[i] = (f(moved) - f(x)) / h
    return g
