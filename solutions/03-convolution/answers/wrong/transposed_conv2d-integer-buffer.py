"""The result is stored in an integer array.

Diagnosis: integer-buffer
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C), dtype=int)
    for p in range(P):
        for q in range(Q):
            x[:, p * v : p * v + R, q * h : q * h + S] += np.einsum("mk,rsck->mrsc", y[:, p, q], w).astype(int)
    return x
