"""The image is spread with zeros instead of the filter.

Diagnosis: shape
"""


def dilated_conv2d(x, w, b, dilation):
    M, H, W, C = x.shape
    R, S, _, K = w.shape
    big = np.zeros((M, dilation[0] * (H - 1) + 1, dilation[1] * (W - 1) + 1, C))
    big[:, :: dilation[0], :: dilation[1]] = x
    P, Q = big.shape[1] - R + 1, big.shape[2] - S + 1
    z = np.zeros((M, P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += big[:, r : r + P, s : s + Q] @ w[r, s]
    return z
