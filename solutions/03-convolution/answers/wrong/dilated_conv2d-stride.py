"""The window steps over the image instead of being spread.

Diagnosis: stride-for-dilation
"""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, dilation
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    z = np.zeros((M, P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += x[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] @ w[r, s]
    return z
