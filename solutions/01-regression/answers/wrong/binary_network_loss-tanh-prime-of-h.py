"""The derivative of tanh is taken at h.

Diagnosis: tanh-prime-of-h
"""


def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    h = hidden_layer(x, W_h, b_h)
    z = h @ w_a + b_a
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    dz_h = np.outer(dz, w_a) * (1 - np.tanh(h) ** 2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0), "w_a": h.T @ dz, "b_a": dz.sum()}
