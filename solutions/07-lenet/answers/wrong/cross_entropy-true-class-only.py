"""Only the true class has a gradient.

Diagnosis: true-class-entry-only
"""


def cross_entropy(z, y):
    M = len(y)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    a = e / e.sum(axis=1, keepdims=True)
    log_a = z - z.max(axis=1, keepdims=True) - np.log(e.sum(axis=1, keepdims=True))
    loss = -log_a[np.arange(M), y].mean()
    dz = np.zeros(z.shape)
    dz[np.arange(M), y] = a[np.arange(M), y]
    dz[np.arange(M), y] -= 1
    return loss, dz / M
