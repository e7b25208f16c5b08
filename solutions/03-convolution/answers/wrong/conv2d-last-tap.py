"""= where += is meant.

Diagnosis: last-tap-only
"""


def conv2d(x, w, b, stride, pad):
    (v, h), (R, S, C, K) = stride, w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    P, Q = (x.shape[1] - R) // v + 1, (x.shape[2] - S) // h + 1
    for r in range(R):
        for s in range(S):
            z = x[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] @ w[r, s]
    return z + b
