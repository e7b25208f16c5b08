"""A view of all windows, axes in order."""


def im2col(x, R, S, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (R, S), axis=(1, 2))
    windows = windows[:, :: stride[0], :: stride[1]].transpose(0, 1, 2, 4, 5, 3)
    return windows.reshape(-1, R * S * x.shape[3])
