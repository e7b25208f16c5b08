"""Moves the entry of a copy and puts it back."""


def numerical_gradient(f, x, h):
    point = x.copy()
    g = np.empty_like(x)
    for i in np.ndindex(*x.shape):
        old = point[i]
        point[i] = old + h
        up = f(point)
        point[i] = old - h
        down = f(point)
        point[i] = old
        g[i] = (up - down) / (2 * h)
    return g
