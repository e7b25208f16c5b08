"""A copy, changed."""


def relu(z):
    a = np.array(z)
    a[a < 0] = 0
    return a
