"""Each window is turned round.

Diagnosis: filter-flipped
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    v, h = stride
    rows = []
    for m in range(M):
        for p in range((H - R) // v + 1):
            for q in range((W - S) // h + 1):
                patch = x[m, p * v : p * v + R, q * h : q * h + S][::-1, ::-1]
                rows.append(patch.reshape(-1))
    return np.stack(rows)
