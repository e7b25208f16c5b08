"""Only pixels that exist are looked at."""


def max_pool2d(input, ksize, strides, padding):
    for four in (ksize, strides):
        if four[0] != 1 or four[3] != 1:
            raise ValueError("batch and channels")
    M, P, Q, C = conv_output_shape(
        input.shape, (ksize[1], ksize[2], input.shape[3], input.shape[3]), strides, padding, "NHWC"
    )
    top = left = 0
    if padding == "SAME":
        top, _ = same_padding(input.shape[1], ksize[1], strides[1], 1)
        left, _ = same_padding(input.shape[2], ksize[2], strides[2], 1)
    out = np.empty((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            i, j = p * strides[1] - top, q * strides[2] - left
            window = input[:, max(i, 0) : i + ksize[1], max(j, 0) : j + ksize[2]]
            out[:, p, q] = np.max(window, axis=(1, 2))
    return out
