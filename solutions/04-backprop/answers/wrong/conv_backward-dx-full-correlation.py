"""dx as a full correlation, with the filter as it is.

Diagnosis: dx-filter-flipped
"""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    v, h = stride
    dw = np.zeros(w.shape)
    for p in range(P):
        for q in range(Q):
            dw += np.einsum("mrsc,mk->rsck", x[:, p * v : p * v + R, q * h : q * h + S], delta[:, p, q])
    spread = np.zeros((M, x.shape[1] + R - 1, x.shape[2] + S - 1, K))
    spread[:, R - 1 : R + (P - 1) * v : v, S - 1 : S + (Q - 1) * h : h] = delta
    windows = np.lib.stride_tricks.sliding_window_view(spread, (R, S), axis=(1, 2))
    dx = np.einsum("mijkrs,rsck->mijc", windows, w)
    return dx, dw, delta.sum(axis=(0, 1, 2))
