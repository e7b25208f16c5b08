"""Loops over everything."""


def conv_backward(delta, x, w, stride):
    M, P, Q, K = delta.shape
    R, S, C, _ = w.shape
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    db = np.zeros(K)
    for m in range(M):
        for p in range(P):
            for q in range(Q):
                for k in range(K):
                    d = delta[m, p, q, k]
                    db[k] += d
                    for r in range(R):
                        for s in range(S):
                            dx[m, p * stride[0] + r, q * stride[1] + s] += d * w[r, s, :, k]
                            dw[r, s, :, k] += d * x[m, p * stride[0] + r, q * stride[1] + s]
    return dx, dw, db
