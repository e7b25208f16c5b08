"""Nothing reused: softmax and logarithm written out."""


def network_loss(x, y, W_h, b_h, W_a, b_a):
    h = np.tanh(x @ W_h + b_h)
    z = h @ W_a + b_a
    e = np.exp(z - z.max(1)[:, None])
    total = e.sum(1)[:, None]
    loss = np.mean(np.log(total[:, 0]) + z.max(1) - (z * y).sum(1))
    delta = (e / total - y) / x.shape[0]
    grads = {"W_a": np.dot(h.T, delta), "b_a": np.sum(delta, axis=0)}
    delta = np.dot(delta, W_a.T) * (1 - h) * (1 + h)
    grads["W_h"] = np.dot(x.T, delta)
    grads["b_h"] = np.sum(delta, axis=0)
    return loss, grads
