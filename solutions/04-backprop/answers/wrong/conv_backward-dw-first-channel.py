"""Every channel of dw from the first channel of x.

Diagnosis: dw-first-channel
"""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    v, h = stride
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for p in range(P):
        for q in range(Q):
            i, j = p * v, q * h
            patch = x[:, i : i + R, j : j + S]
            dw += np.einsum("mrs,mk->rsk", patch[..., 0], delta[:, p, q])[:, :, None]
            dx[:, i : i + R, j : j + S] += np.einsum("mk,rsck->mrsc", delta[:, p, q], w)
    db = delta.sum(axis=(0, 1, 2))
    return dx, dw, db
