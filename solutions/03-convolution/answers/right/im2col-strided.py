"""as_strided."""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    P, Q = (H - R) // stride[0] + 1, (W - S) // stride[1] + 1
    a, i, j, c = x.strides
    view = np.lib.stride_tricks.as_strided(
        x, (M, P, Q, R, S, C), (a, i * stride[0], j * stride[1], i, j, c), writeable=False
    )
    return view.reshape(M * P * Q, -1)
