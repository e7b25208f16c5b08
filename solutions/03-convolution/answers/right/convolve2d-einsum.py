"""All windows, read backwards."""


def convolve2d(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("pqrs,rs->pq", windows[..., ::-1, ::-1], kernel)
