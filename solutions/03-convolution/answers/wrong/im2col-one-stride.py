"""The vertical stride is used for both axes.

Diagnosis: one-stride
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    v = h = stride[0]
    rows = []
    for m in range(M):
        for p in range((H - R) // v + 1):
            for q in range((W - S) // h + 1):
                patch = x[m, p * v : p * v + R, q * h : q * h + S]
                rows.append(patch.reshape(-1))
    return np.stack(rows)
