"""The windows go down before they go across.

Diagnosis: columns-before-rows
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    v, h = stride
    rows = []
    for m in range(M):
        for q in range((W - S) // h + 1):
            for p in range((H - R) // v + 1):
                rows.append(x[m, p * v : p * v + R, q * h : q * h + S].reshape(-1))
    return np.stack(rows)
