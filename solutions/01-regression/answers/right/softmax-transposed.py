"""Works on the transpose."""


def softmax(z):
    t = z.T
    t = np.exp(t - t.max(axis=0))
    return (t / t.sum(axis=0)).T
