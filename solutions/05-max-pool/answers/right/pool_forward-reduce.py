"""np.maximum.reduce over columns; the result is a transposed view."""


def pool_forward(a, pools):
    return np.array([np.maximum.reduce([a.T[unit] for unit in pool]) for pool in pools]).T
