"""Only the first axis is walked along, so whole rows move.

Diagnosis: rows-moved
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g
