"""The strides spread the result of a full convolution.

Diagnosis: shape
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P + R - 2) * v + 1, (Q + S - 2) * h + 1, C))
    for r in range(R):
        for s in range(S):
            x[:, r * v : r * v + P * v : v, s * h : s * h + Q * h : h] += y @ w[r, s].T
    return x
