"""Only the first image is pooled.

Diagnosis: first-sample-only
"""


def average_pool(x, size, stride):
    (R, S), (v, h) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out = np.zeros((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            out[0, p, q] = x[0, p * v : p * v + R, q * h : q * h + S].sum(axis=(0, 1)) / (R * S)
    return out
