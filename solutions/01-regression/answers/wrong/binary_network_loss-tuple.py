"""Gradients in a tuple instead of a dictionary.

Diagnosis: structure
"""


def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    h = hidden_layer(x, W_h, b_h)
    z = h @ w_a + b_a
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    dz_h = np.outer(dz, w_a) * (1 - h**2)
    return loss, (x.T @ dz_h, dz_h.sum(axis=0), h.T @ dz, dz.sum())
