"""Only the first image of the batch.

Diagnosis: first-sample-only
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, dilation
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z[0] += x[0, r * v : r * v + P, s * h : s * h + Q] @ w[r, s]
    z[0] += b
    return z
