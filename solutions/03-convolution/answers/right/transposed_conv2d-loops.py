"""Loops over everything."""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    for p in range(P):
        for q in range(Q):
            for m in range(M):
                for k in range(K):
                    for r in range(R):
                        for s in range(S):
                            for c in range(C):
                                x[m, p * v + r, q * h + s, c] += y[m, p, q, k] * w[r, s, c, k]
    return x
