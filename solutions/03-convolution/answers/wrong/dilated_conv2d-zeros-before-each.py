"""Zeros before every entry, the first one too: the filter spans d k pixels.

Diagnosis: raises
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K) = x.shape, w.shape
    wide = np.zeros((dilation[0] * R, dilation[1] * S, C, K))
    wide[dilation[0] - 1 :: dilation[0], dilation[1] - 1 :: dilation[1]] = w
    P, Q = H - dilation[0] * (R - 1), W - dilation[1] * (S - 1)
    z = np.zeros((M, P, Q, K))
    for p in range(P):
        for q in range(Q):
            patch = x[:, p : p + wide.shape[0], q : q + wide.shape[1]]
            z[:, p, q] = np.einsum("mrsc,rsck->mk", patch, wide)
    return z + b
