"""z[:, y] takes the columns of all labels for every row.

Diagnosis: labels-of-the-batch
"""


def cross_entropy(z, y):
    M = len(y)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    a = e / e.sum(axis=1, keepdims=True)
    log_a = z - z.max(axis=1, keepdims=True) - np.log(e.sum(axis=1, keepdims=True))
    loss = -log_a[:, y].mean()
    dz = a.copy()
    dz[:, y] -= 1
    return loss, dz / M
