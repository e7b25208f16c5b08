"""The loss is a sum.

Diagnosis: sum-for-mean
"""


def cross_entropy(z, y):
    M = len(y)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    a = e / e.sum(axis=1, keepdims=True)
    log_a = z - z.max(axis=1, keepdims=True) - np.log(e.sum(axis=1, keepdims=True))
    loss = -log_a[np.arange(M), y].sum()
    dz = a.copy()
    dz[np.arange(M), y] -= 1
    return loss, dz / M
