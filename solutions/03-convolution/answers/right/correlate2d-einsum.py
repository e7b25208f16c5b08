"""A view of all windows and einsum."""


def correlate2d(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("pqrs,rs->pq", windows, kernel)
