"""Every d-th pixel of the image is kept, then an ordinary convolution.

Diagnosis: input-thinned
"""


def dilated_conv2d(x, w, b, dilation):
    x = x[:, :: dilation[0], :: dilation[1]]

    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, (1, 1)
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z += x[:, r * v : r * v + P, s * h : s * h + Q] @ w[r, s]
    return z + b
