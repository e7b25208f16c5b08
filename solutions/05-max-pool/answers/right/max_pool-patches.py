"""Window by window, all images and channels at once."""


def max_pool(x, size, stride):
    R, S = size
    P = int(np.floor((x.shape[1] - R) / stride[0])) + 1
    Q = int(np.floor((x.shape[2] - S) / stride[1])) + 1
    out = np.zeros((x.shape[0], P, Q, x.shape[3]))
    winner = np.zeros(out.shape, dtype=np.uint8)
    for p in range(P):
        for q in range(Q):
            i, j = p * stride[0], q * stride[1]
            patch = x[:, i : i + R, j : j + S].reshape(len(x), R * S, -1)
            out[:, p, q], winner[:, p, q] = patch.max(1), patch.argmax(1)
    return out, winner
