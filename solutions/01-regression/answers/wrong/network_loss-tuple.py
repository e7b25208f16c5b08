"""Gradients in a tuple instead of a dictionary.

Diagnosis: structure
"""


def network_loss(x, y, W_h, b_h, W_a, b_a):
    h = hidden_layer(x, W_h, b_h)
    loss, dz = softmax_cross_entropy(h @ W_a + b_a, y)
    dz_h = dz @ W_a.T * (1 - h**2)
    return loss, (x.T @ dz_h, dz_h.sum(axis=0), h.T @ dz, dz.sum(axis=0))
