"""The -y is forgotten in the gradient.

Diagnosis: label-ignored
"""


def softmax_cross_entropy(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.sum(y * log_a) / len(y)
    dz = np.exp(log_a) / len(y)
    return loss, dz
