"""Through the dense matrix of every pair of channel and map."""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    _, H, W, _ = x.shape
    full = np.zeros((M, H - R + 1, W - S + 1, K))
    full[:, :: stride[0], :: stride[1]] = delta
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for c in range(C):
        for k in range(K):
            d, a = full[..., k].reshape(M, -1), x[..., c].reshape(M, -1)
            dx[..., c] += (d @ np.asarray(connection_matrix(w[:, :, c, k], H, W)).T).reshape(M, H, W)
            dw[:, :, c, k] = shared_gradient(a.T @ d, R, S, H, W)
    return dx, dw, delta.sum(axis=0).sum(axis=0).sum(axis=0)
