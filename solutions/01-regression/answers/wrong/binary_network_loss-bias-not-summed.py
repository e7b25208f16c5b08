"""The hidden bias gradient is not summed over the batch.

Diagnosis: shape
"""


def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    h = hidden_layer(x, W_h, b_h)
    z = h @ w_a + b_a
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (sigmoid(z) - y) / len(y)
    dz_h = np.outer(dz, w_a) * (1 - h**2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h, "w_a": h.T @ dz, "b_a": dz.sum()}
