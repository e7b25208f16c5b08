"""np.add.at with index arrays."""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    rows = (np.arange(P) * v)[:, None, None, None] + np.arange(R)[None, None, :, None]
    columns = (np.arange(Q) * h)[None, :, None, None] + np.arange(S)[None, None, None, :]
    parts = np.tensordot(y, w, axes=(3, 3))
    np.add.at(x, (slice(None), rows, columns), parts)
    return x
