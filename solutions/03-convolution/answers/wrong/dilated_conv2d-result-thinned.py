"""The ordinary convolution, every d-th value of it.

Diagnosis: stride-for-dilation
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K) = x.shape, w.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((M, P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += x[:, r : r + P, s : s + Q] @ w[r, s]
    return z[:, :: dilation[0], :: dilation[1]]
