"""The filter is reshaped where it must be transposed.

Diagnosis: filter-reshaped
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    for p in range(P):
        for q in range(Q):
            x[:, p * v : p * v + R, q * h : q * h + S] += np.einsum("mk,rskc->mrsc", y[:, p, q], w.reshape(R, S, K, C))
    return x
