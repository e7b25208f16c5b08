"""Slices with a stop one past the last position."""


def conv2d(x, w, b, stride, pad):
    M, H, W, C = x.shape
    R, S, _, K = w.shape
    big = np.zeros((M, H + 2 * pad[0], W + 2 * pad[1], C))
    big[:, pad[0] : pad[0] + H, pad[1] : pad[1] + W, :] = x
    P = int(np.floor((H + 2 * pad[0] - R) / stride[0])) + 1
    Q = int(np.floor((W + 2 * pad[1] - S) / stride[1])) + 1
    out = np.tile(b.astype(float), (M, P, Q, 1))
    for r in range(R):
        rows = slice(r, r + stride[0] * (P - 1) + 1, stride[0])
        for s in range(S):
            columns = slice(s, s + stride[1] * (Q - 1) + 1, stride[1])
            out += np.matmul(big[:, rows, columns], w[r, s])
    return out
