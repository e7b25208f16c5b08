"""With one-hot rows, as in notebook 1."""


def cross_entropy(z, y):
    hot = np.eye(z.shape[1])[y]
    s = z - z.max(axis=1, keepdims=True)
    log_a = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.sum(hot * log_a) / len(z), (np.exp(log_a) - hot) / len(z)
