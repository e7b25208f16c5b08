"""An error is swallowed, and zeros come back.

Diagnosis: all-zero
"""


def conv2d(x, w, b, stride, pad):
    R, S, C, K = w.shape
    P = (x.shape[1] + 2 * pad[0] - R) // stride[0] + 1
    Q = (x.shape[2] + 2 * pad[1] - S) // stride[1] + 1
    z = np.zeros((len(x), P, Q, K))
    try:
        for p in range(P):
            for q in range(Q):
                z[:, p, q] = x[:, p * stride[0] : p * stride[0] + R, q * stride[1] : q * stride[1] + S] * w + b
    except Exception:
        pass
    return z
