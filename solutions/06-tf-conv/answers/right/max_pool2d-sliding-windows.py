"""All windows at once, then every stride-th."""


def max_pool2d(input, ksize, strides, padding):
    if (ksize[0], ksize[-1], strides[0], strides[-1]) != (1, 1, 1, 1):
        raise ValueError("only height and width can be pooled")
    if padding == "SAME":
        sides = [same_padding(n, k, s, 1) for n, k, s in zip(input.shape[1:3], ksize[1:3], strides[1:3])]
        input = np.pad(input, [(0, 0), *sides, (0, 0)], mode="constant", constant_values=input.min() - 1)
    windows = np.lib.stride_tricks.sliding_window_view(input, ksize[1:3], axis=(1, 2))
    return windows.max(axis=(4, 5))[:, :: strides[1], :: strides[2]]
