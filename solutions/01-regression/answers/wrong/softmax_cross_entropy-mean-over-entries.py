"""Divides by M K.

Diagnosis: mean-over-more
"""


def softmax_cross_entropy(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.mean(y * log_a)
    dz = (np.exp(log_a) - y) / y.size
    return loss, dz
