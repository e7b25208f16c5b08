"""/ 2 * h divides by 2 and multiplies by h.

Diagnosis: "numerical_gradient"
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / 2 * h
    return g
