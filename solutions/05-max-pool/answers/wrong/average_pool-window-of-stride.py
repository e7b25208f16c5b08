"""The stride is taken for the window.

Diagnosis: stride-for-window
"""


def average_pool(x, size, stride):
    (R, S), (v, h) = stride, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out = np.zeros((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            out[:, p, q] = x[:, p * v : p * v + R, q * h : q * h + S].sum(axis=(1, 2)) / (R * S)
    return out
