"""The filter is turned round.

Diagnosis: filter-flipped
"""


def dilated_conv2d(x, w, b, dilation):
    w = w[::-1, ::-1]
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, dilation
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z += x[:, r * v : r * v + P, s * h : s * h + Q] @ w[r, s]
    return z + b
