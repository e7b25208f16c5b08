"""The difference is not divided by the step.

Diagnosis: not-divided
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = f(up) - f(down)
    return g
