"""A block of rows for each channel.

Diagnosis: shape
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    v, h = stride
    rows = []
    for m in range(M):
        for p in range((H - R) // v + 1):
            for q in range((W - S) // h + 1):
                patch = x[m, p * v : p * v + R, q * h : q * h + S]
                rows.extend(patch[..., c].reshape(-1) for c in range(C))
    return np.stack(rows)
