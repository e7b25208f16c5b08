"""Steps by the window's size.

Diagnosis: window-for-stride
"""


def average_pool(x, size, stride):
    (R, S), (v, h) = size, size
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out = np.zeros((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            out[:, p, q] = x[:, p * v : p * v + R, q * h : q * h + S].sum(axis=(1, 2)) / (R * S)
    return out
