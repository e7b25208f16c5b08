"""The gradient comes back flat.

Diagnosis: shape
"""


def numerical_gradient(f, x, h):
    g = []
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(g)
