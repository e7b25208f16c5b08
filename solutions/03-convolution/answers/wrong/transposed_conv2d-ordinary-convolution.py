"""An ordinary convolution of y.

Diagnosis: raises
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _) = y.shape, w.shape
    windows = np.lib.stride_tricks.sliding_window_view(y, (R, S), axis=(1, 2))
    return np.einsum("mpqkrs,rsck->mpqc", windows[:, :: stride[0], :: stride[1]], w)
