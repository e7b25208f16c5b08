"""Zeros between the entries, then a convolution that does not flip.

Diagnosis: filter-flipped
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    wide = np.zeros((M, (P - 1) * v + 1, (Q - 1) * h + 1, K))
    wide[:, ::v, ::h] = y
    wide = np.pad(wide, ((0, 0), (R - 1, R - 1), (S - 1, S - 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (R, S), axis=(1, 2))
    return np.einsum("mijkrs,rsck->mijc", windows, w)
