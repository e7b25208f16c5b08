"""A column block for each entry of the window."""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    P, Q = (H - R) // stride[0] + 1, (W - S) // stride[1] + 1
    out = np.empty((M, P, Q, R, S, C))
    for r in range(R):
        for s in range(S):
            out[:, :, :, r, s] = x[
                :, r : r + (P - 1) * stride[0] + 1 : stride[0], s : s + (Q - 1) * stride[1] + 1 : stride[1]
            ]
    return out.reshape(M * P * Q, R * S * C)
