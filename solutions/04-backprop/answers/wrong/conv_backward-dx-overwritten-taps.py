"""= where += is meant, entry by entry of the filter.

Diagnosis: overwritten-taps
"""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    v, h = stride
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for r in range(R):
        for s in range(S):
            at = (slice(None), slice(r, r + (P - 1) * v + 1, v), slice(s, s + (Q - 1) * h + 1, h))
            dw[r, s] = np.tensordot(x[at], delta, axes=([0, 1, 2], [0, 1, 2]))
            dx[at] = delta @ w[r, s].T
    return dx, dw, delta.sum(axis=(0, 1, 2))
