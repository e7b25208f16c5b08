"""A small number added inside the logarithm.

Diagnosis: log-offset
"""


def softmax_cross_entropy(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.sum(y * np.log(np.exp(log_a) + 1e-8)) / len(y)
    dz = (np.exp(log_a) - y) / len(y)
    return loss, dz
