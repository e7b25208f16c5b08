"""delta spread out with zeros; dx by a full convolution with the turned filter."""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    _, H, W, _ = x.shape
    spread = np.zeros((M, H - R + 1, W - S + 1, K))
    spread[:, :: stride[0], :: stride[1]] = delta
    wide = np.pad(spread, ((0, 0), (R - 1, R - 1), (S - 1, S - 1), (0, 0)))
    view = np.lib.stride_tricks.sliding_window_view
    dx = np.tensordot(view(wide, (R, S), axis=(1, 2)), w[::-1, ::-1], axes=([3, 4, 5], [3, 0, 1]))
    dw = np.einsum("mpqcrs,mpqk->rsck", view(x, (R, S), axis=(1, 2)), spread)
    return dx, dw, spread.sum((0, 1, 2))
