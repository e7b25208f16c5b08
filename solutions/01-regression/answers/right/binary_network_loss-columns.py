"""Column vectors all the way."""


def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    M = x.shape[0]
    h = hidden_layer(x, W_h, b_h)
    z = h @ w_a[:, None] + b_a
    t = y[:, None]
    loss = float(np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))))
    dz = (sigmoid(z) - t) / M
    dh = (dz @ w_a[None, :]) * (1 - h * h)
    grads = {}
    grads["w_a"] = (h.T @ dz)[:, 0]
    grads["b_a"] = dz.sum()
    grads["W_h"] = x.T @ dh
    grads["b_h"] = dh.sum(0)
    return loss, grads
