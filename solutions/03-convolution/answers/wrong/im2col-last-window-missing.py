"""range(H - R) leaves the last windows out.

Diagnosis: raises
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    rows = [
        x[m, i : i + R, j : j + S].ravel()
        for m in range(M)
        for i in range(0, H - R, stride[0])
        for j in range(0, W - S, stride[1])
    ]
    return np.stack(rows)
