"""Rows first, then columns: a maximum of maxima."""


def along(x, axis, k, s, padding):
    n = x.shape[axis]
    before, after = same_padding(n, k, s, 1) if padding == "SAME" else (0, 0)
    pieces = []
    for start in range(-before, n + after - k + 1, s):
        pieces.append(x.take(range(max(start, 0), min(start + k, n)), axis=axis).max(axis=axis))
    return np.stack(pieces, axis=axis)


def max_pool2d(input, ksize, strides, padding):
    assert ksize[0] == ksize[3] == strides[0] == strides[3] == 1
    assert padding in ("SAME", "VALID")
    return along(along(input, 1, ksize[1], strides[1], padding), 2, ksize[2], strides[2], padding)
