"""The channels are averaged.

Diagnosis: channels-averaged
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, dilation
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z += x[:, r * v : r * v + P, s * h : s * h + Q] @ w[r, s] / C
    return z + b
