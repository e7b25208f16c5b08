"""dw of the last image only.

Diagnosis: dw-last-sample
"""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    v, h = stride
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for m in range(M):
        dw = np.zeros(w.shape)
        for p in range(P):
            for q in range(Q):
                for k in range(K):
                    i, j = p * v, q * h
                    dw[..., k] += x[m, i : i + R, j : j + S] * delta[m, p, q, k]
                    dx[m, i : i + R, j : j + S] += w[..., k] * delta[m, p, q, k]
    return dx, dw, delta.sum(axis=(0, 1, 2))
