"""Two matrix products, and patches scattered back."""


def conv_backward(delta, x, w, stride):
    M, P, Q, K = delta.shape
    R, S, C, _ = w.shape
    index = [(m, p, q) for m in range(M) for p in range(P) for q in range(Q)]
    v, h = stride
    rows = np.array([x[m, p * v : p * v + R, q * h : q * h + S].ravel() for m, p, q in index])
    d = delta.reshape(-1, K)
    dw = (rows.T @ d).reshape(w.shape)
    back = (d @ w.reshape(-1, K).T).reshape(-1, R, S, C)
    dx = np.zeros(x.shape)
    for (m, p, q), patch in zip(index, back):
        dx[m, p * v : p * v + R, q * h : q * h + S] += patch
    return [dx, dw, d.sum(axis=0)]
