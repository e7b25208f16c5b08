"""Forgets the logarithm.

Diagnosis: likelihood-not-log
"""


def softmax_cross_entropy(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.sum(y * np.exp(log_a)) / len(y)
    dz = (np.exp(log_a) - y) / len(y)
    return loss, dz
