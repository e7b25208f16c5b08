"""A flat index, unravelled."""


def numerical_gradient(f, x, h):
    def moved(k, by):
        y = np.array(x, dtype=float)
        y.flat[k] += by
        return f(y)

    g = np.zeros_like(x)
    for k in range(x.size):
        g.flat[k] = 0.5 * (moved(k, h) - moved(k, -h)) / h
    return g
