"""The input spread with zeros, then an ordinary convolution with the filter turned round."""


def conv2d_transpose(input, filter, output_shape, strides, padding):
    M, H, W, C = output_shape
    (m, v, h, c), (_, P, Q, K), (R, S) = strides, input.shape, filter.shape[:2]
    assert m == 1 and c == 1 and input.shape[0] == M
    expected = (-(-H // v), -(-W // h)) if padding == "SAME" else ((H - R) // v + 1, (W - S) // h + 1)
    assert expected == (P, Q)
    spread = np.zeros((M, (P - 1) * v + 1, (Q - 1) * h + 1, K))
    spread[:, ::v, ::h] = input
    spread = np.pad(spread, ((0, 0), (R - 1, R - 1 + H), (S - 1, S - 1 + W), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(spread, (R, S), axis=(1, 2))
    wide = np.einsum("mpqkrs,rsck->mpqc", windows, filter[::-1, ::-1])
    top, left = 0, 0
    if padding == "SAME":
        top, left = max((P - 1) * v + R - H, 0) // 2, max((Q - 1) * h + S - W, 0) // 2
    return wide[:, top : top + H, left : left + W]
