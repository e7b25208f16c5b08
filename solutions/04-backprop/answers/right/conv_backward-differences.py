"""The convolution is linear in x and in w: unit arrays give its derivatives."""


def conv_backward(delta, x, w, stride):
    def conv(x, w):
        view = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], axis=(1, 2))
        return np.einsum("mpqcrs,rsck->mpqk", view[:, :: stride[0], :: stride[1]], w)

    dw = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        unit = np.zeros(w.shape)
        unit[index] = 1
        dw[index] = np.vdot(conv(x, unit), delta)
    dx = np.zeros(x.shape)
    for index in np.ndindex(x.shape[1:]):
        unit = np.zeros((1,) + x.shape[1:])
        unit[(0,) + index] = 1
        dx[(slice(None),) + index] = (conv(unit, w) * delta).sum(axis=(1, 2, 3))
    return dx, dw, np.einsum("mpqk->k", delta)
