"""The step is proportional to the entry.

Diagnosis: step-times-x
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] *= 1 + h
        down[i] *= 1 - h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g
