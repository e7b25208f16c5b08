"""Only the first map of y.

Diagnosis: one-map-only
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    for p in range(P):
        for q in range(Q):
            x[:, p * v : p * v + R, q * h : q * h + S] += np.einsum("mk,rsck->mrsc", y[:, p, q, :1], w[..., :1])
    return x
