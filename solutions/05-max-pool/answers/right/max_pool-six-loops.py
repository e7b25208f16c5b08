"""Six loops and a running maximum."""


def max_pool(x, size, stride):
    M, H, W, C = x.shape
    P, Q = (H - size[0]) // stride[0] + 1, (W - size[1]) // stride[1] + 1
    out, winner = np.empty((M, P, Q, C)), np.zeros((M, P, Q, C), dtype=np.int32)
    for m in range(M):
        for p in range(P):
            for q in range(Q):
                for c in range(C):
                    best = -np.inf
                    for r in range(size[0]):
                        for s in range(size[1]):
                            value = x[m, p * stride[0] + r, q * stride[1] + s, c]
                            if value > best:
                                best = value
                                winner[m, p, q, c] = r * size[1] + s
                    out[m, p, q, c] = best
    return out, winner
