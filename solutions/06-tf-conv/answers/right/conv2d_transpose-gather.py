"""Each pixel gathers what reaches it; nothing is padded or cut."""


def conv2d_transpose(input, filter, output_shape, strides, padding):
    if tuple(conv_output_shape(output_shape, filter.shape, strides, padding, "NHWC")) != input.shape:
        raise ValueError("output_shape")
    M, H, W, C = output_shape
    R, S = filter.shape[:2]
    top = same_padding(H, R, strides[1], 1)[0] if padding == "SAME" else 0
    left = same_padding(W, S, strides[2], 1)[0] if padding == "SAME" else 0
    x = np.zeros(output_shape)
    for i in range(H):
        for j in range(W):
            for p in range(input.shape[1]):
                for q in range(input.shape[2]):
                    r, s = i + top - p * strides[1], j + left - q * strides[2]
                    if 0 <= r < R and 0 <= s < S:
                        x[:, i, j] += input[:, p, q] @ filter[r, s].T
    return x
