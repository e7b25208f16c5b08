"""The gradient is divided by M twice.

Diagnosis: mean-twice
"""


def softmax_cross_entropy(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.sum(y * log_a) / len(y)
    dz = (np.exp(log_a) - y) / len(y) ** 2
    return loss, dz
