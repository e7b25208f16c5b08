"""Row by row."""


def network_loss(x, y, W_h, b_h, W_a, b_a):
    M = x.shape[0]
    loss = 0.0
    dW_h, db_h = np.zeros_like(W_h), np.zeros_like(b_h)
    dW_a, db_a = np.zeros_like(W_a), np.zeros_like(b_a)
    for m in range(M):
        h = np.tanh(x[m] @ W_h + b_h)
        z = h @ W_a + b_a
        z = z - z.max()
        log_a = z - np.log(np.exp(z).sum())
        loss -= y[m] @ log_a / M
        dz = (np.exp(log_a) - y[m]) / M
        dW_a += np.outer(h, dz)
        db_a += dz
        du = (W_a @ dz) * (1 - h**2)
        dW_h += np.outer(x[m], du)
        db_h += du
    return loss, {"W_h": dW_h, "b_h": db_h, "W_a": dW_a, "b_a": db_a}
