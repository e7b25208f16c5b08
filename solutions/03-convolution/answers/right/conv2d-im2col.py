"""One matrix product."""


def conv2d(x, w, b, stride, pad):
    R, S, C, K = w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    P = (x.shape[1] - R) // stride[0] + 1
    Q = (x.shape[2] - S) // stride[1] + 1
    rows = [
        x[m, p * stride[0] : p * stride[0] + R, q * stride[1] : q * stride[1] + S].reshape(-1)
        for m in range(len(x))
        for p in range(P)
        for q in range(Q)
    ]
    return (np.stack(rows) @ w.reshape(-1, K) + b).reshape(len(x), P, Q, K)
