"""The batch is the innermost loop.

Diagnosis: batch-fastest
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    v, h = stride
    rows = []
    for p in range((H - R) // v + 1):
        for q in range((W - S) // h + 1):
            for m in range(M):
                rows.append(x[m, p * v : p * v + R, q * h : q * h + S].reshape(-1))
    return np.stack(rows)
