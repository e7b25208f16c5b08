"""Row by row."""


def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    M = len(y)
    loss = 0.0
    grads = {"W_h": np.zeros(W_h.shape), "b_h": np.zeros(b_h.shape), "w_a": np.zeros(w_a.shape), "b_a": 0.0}
    for m in range(M):
        h = np.tanh(x[m] @ W_h + b_h)
        z = h @ w_a + b_a
        loss += (np.logaddexp(0, z) - y[m] * z) / M
        dz = (np.exp(-np.logaddexp(0, -z)) - y[m]) / M
        du = dz * w_a * (1 - h * h)
        grads["w_a"] += dz * h
        grads["b_a"] += dz
        grads["W_h"] += np.outer(x[m], du)
        grads["b_h"] += du
    return loss, grads
