"""Row by row."""


def cross_entropy(z, y):
    M, K = z.shape
    loss, dz = 0.0, np.zeros((M, K))
    for m in range(M):
        top = max(z[m])
        e = [np.exp(z[m, k] - top) for k in range(K)]
        loss += (np.log(sum(e)) + top - z[m, y[m]]) / M
        for k in range(K):
            dz[m, k] = (e[k] / sum(e) - (1 if k == y[m] else 0)) / M
    return loss, dz
