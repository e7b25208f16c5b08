"""The bias is added for each entry of the filter.

Diagnosis: bias-per-tap
"""


def conv2d(x, w, b, stride, pad):
    (v, h), (R, S, C, K) = stride, w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    M, H, W, _ = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    z = np.zeros((M, P, Q, K))
    for r in range(R):
        for s in range(S):
            z += x[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] @ w[r, s] + b
    return z
