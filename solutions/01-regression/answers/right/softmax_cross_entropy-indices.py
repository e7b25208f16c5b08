"""The true class by its index."""


def softmax_cross_entropy(z, y):
    M = z.shape[0]
    label = np.argmax(y, axis=1)
    shifted = z - np.max(z, axis=1)[:, np.newaxis]
    log_sum = np.log(np.sum(np.exp(shifted), axis=1))
    loss = np.mean(log_sum - shifted[np.arange(M), label])
    dz = softmax(z)
    dz[np.arange(M), label] -= 1
    return loss, dz / M
