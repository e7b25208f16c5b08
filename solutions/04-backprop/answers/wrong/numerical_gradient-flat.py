"""f gets a flat array, whatever shape it expects.

Diagnosis: "IndexError"
"""


def numerical_gradient(f, x, h):
    g = []
    for i in range(x.size):
        up, down = x.ravel().copy(), x.ravel().copy()
        up[i] += h
        down[i] -= h
        g.append((f(up) - f(down)) / (2 * h))
    return np.array(g).reshape(x.shape)
