"""Each pixel alone through a filter that numbers its entries."""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    alone = np.pad(np.eye(n, dtype=int), ((0, 0), (before, after)))
    windows = np.lib.stride_tricks.sliding_window_view(alone, k, axis=1)[:, ::stride]
    return windows @ np.arange(1, k + 1) - 1
