"""take_along_axis in the place of two index arrays."""


def cross_entropy(z, y):
    s = z - np.max(z, axis=-1, keepdims=True)
    e = np.exp(s)
    true = np.take_along_axis(s, y[:, None], axis=1)[:, 0]
    loss = (np.log(e.sum(axis=1)) - true).mean()
    return np.array(loss), (e / e.sum(axis=1, keepdims=True) - (np.arange(z.shape[1]) == y[:, None])) / y.size
