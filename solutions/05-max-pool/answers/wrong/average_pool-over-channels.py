"""The mean runs over the channels, too.

Diagnosis: over-channels
"""


def average_pool(x, size, stride):
    (R, S), (v, h) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out = np.zeros((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            out[:, p, q] = x[:, p * v : p * v + R, q * h : q * h + S].mean(axis=(1, 2, 3))[:, None]
    return out
