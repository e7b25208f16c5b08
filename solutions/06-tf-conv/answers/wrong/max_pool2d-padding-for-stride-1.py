"""As much padding as stride 1 needs.

Diagnosis: stride-left-out-of-padding
"""


def max_pool2d(input, ksize, strides, padding):
    if ksize[0] != 1 or ksize[3] != 1 or strides[0] != 1 or strides[3] != 1 or padding not in ("SAME", "VALID"):
        raise ValueError("cannot be used")
    (M, H, W, C), R, S, v, h = input.shape, ksize[1], ksize[2], strides[1], strides[2]
    if padding == "SAME":
        P, Q = -(-H // v), -(-W // h)
        rows, columns = R - 1, S - 1
        sides = ((0, 0), (rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2), (0, 0))
        input = np.pad(input, sides, constant_values=-np.inf)
    else:
        P, Q = (H - R) // v + 1, (W - S) // h + 1
    out = np.zeros((M, P, Q, C))
    for p in range(P):
        for q in range(Q):
            out[:, p, q] = input[:, p * v : p * v + R, q * h : q * h + S].max(axis=(1, 2))
    return out
