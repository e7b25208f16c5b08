"""Loops everywhere."""


def softmax_cross_entropy(z, y):
    M, K = z.shape
    dz = np.zeros((M, K))
    loss = 0.0
    for m in range(M):
        s = [float(v) - float(z[m].max()) for v in z[m]]
        total = sum(np.exp(v) for v in s)
        for k in range(K):
            loss -= y[m, k] * (s[k] - np.log(total)) / M
            dz[m, k] = (np.exp(s[k]) / total - y[m, k]) / M
    return loss, dz
