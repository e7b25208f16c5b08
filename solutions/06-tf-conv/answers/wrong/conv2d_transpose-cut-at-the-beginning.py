"""Everything that is too much is cut off at the beginning.

Diagnosis: cut-at-the-beginning
"""


def conv2d_transpose(input, filter, output_shape, strides, padding):
    (M, P, Q, K), (R, S, C, K2), (M2, H, W, C2), (one, v, h, last) = input.shape, filter.shape, output_shape, strides
    if padding not in ("SAME", "VALID") or one != 1 or last != 1 or (M, C, K) != (M2, C2, K2):
        raise ValueError("cannot be used")
    fits = (-(-H // v), -(-W // h)) if padding == "SAME" else ((H - R) // v + 1, (W - S) // h + 1)
    if fits != (P, Q):
        raise ValueError("output_shape")
    rows = max((P - 1) * v + R - H, 0) if padding == "SAME" else 0
    columns = max((Q - 1) * h + S - W, 0) if padding == "SAME" else 0
    top, left = rows, columns
    wide = np.zeros((M, H + rows, W + columns, C))
    for p in range(P):
        for q in range(Q):
            part = np.einsum("mk,rsck->mrsc", input[:, p, q], filter)
            wide[:, p * v : p * v + R, q * h : q * h + S] += part
    return wide[:, top : top + H, left : left + W]
