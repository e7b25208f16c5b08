"""ndenumerate and a list."""


def numerical_gradient(f, x, h):
    out = [0.0] * x.size
    for k, (index, value) in enumerate(np.ndenumerate(x)):
        plus = x.copy()
        minus = x.copy()
        plus[index] = value + h
        minus[index] = value - h
        out[k] = (f(plus) - f(minus)) / (2.0 * h)
    return np.reshape(out, x.shape)
