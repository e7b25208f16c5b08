"""The vertical dilation is used for both axes.

Diagnosis: one-dilation
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, (dilation[0], dilation[0])
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z += x[:, r * v : r * v + P, s * h : s * h + Q] @ w[r, s]
    return z + b
