"""What the convolution makes of each unit picture."""


def connection_matrix(omega, height, width):
    units = np.eye(height * width).reshape(-1, height, width)
    windows = np.lib.stride_tricks.sliding_window_view(units, omega.shape, axis=(1, 2))
    return np.tensordot(windows, omega, axes=2).reshape(height * width, -1)
