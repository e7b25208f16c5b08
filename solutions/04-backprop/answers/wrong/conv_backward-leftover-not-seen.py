"""Positions are counted with a ceiling, and errors are swallowed.

Diagnosis: "leftover"
"""


def conv_backward(delta, x, w, stride):
    (M, P, Q, K), (R, S, C, _) = delta.shape, w.shape
    v, h = stride
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for p in range(P):
        for q in range(Q):
            i, j = p * v, q * h
            patch = x[:, i : i + R, j : j + S]
            dw += np.einsum("mrsc,mk->rsck", patch, delta[:, p, q])
            try:
                dx[:, i : i + R + 1, j : j + S] += np.einsum("mk,rsck->mrsc", delta[:, p, q], w)
            except ValueError:
                pass
    db = delta.sum(axis=(0, 1, 2))
    return dx, dw, db
