"""A loop over the rows."""


def softmax(z):
    a = np.zeros(z.shape)
    for m in range(z.shape[0]):
        e = np.exp(z[m] - np.max(z[m]))
        a[m] = e / np.sum(e)
    return a
