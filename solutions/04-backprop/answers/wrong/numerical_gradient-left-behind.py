"""A moved entry is not put back before the next one.

Diagnosis: step-left-behind
"""


def numerical_gradient(f, x, h):
    x = x.copy()
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        g[i] = (up - f(x)) / (2 * h)
    return g
