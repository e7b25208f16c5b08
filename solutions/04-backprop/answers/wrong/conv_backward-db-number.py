"""db is one number.

Diagnosis: shape
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
            dx[:, i : i + R, j : j + S] += np.einsum("mk,rsck->mrsc", delta[:, p, q], w)
    db = delta.sum()
    return dx, dw, db
