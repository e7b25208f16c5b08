"""Pixel by pixel, without any padding: what is not there adds nothing."""


def conv2d(input, filter, strides, padding, data_format, dilations):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError("data_format")
    at = {a: data_format.index(a) for a in "NHWC"}
    if any(t[at[a]] != 1 for t in (strides, dilations) for a in "NC"):
        raise ValueError("strides or dilations")
    M, H, W, C = (input.shape[at[a]] for a in "NHWC")
    v, h, d, e = strides[at["H"]], strides[at["W"]], dilations[at["H"]], dilations[at["W"]]
    R, S, _, K = filter.shape
    if padding == "SAME":
        P, Q = (H + v - 1) // v, (W + h - 1) // h
        top = max((P - 1) * v + (R - 1) * d + 1 - H, 0) // 2
        left = max((Q - 1) * h + (S - 1) * e + 1 - W, 0) // 2
    elif padding == "VALID":
        P, Q, top, left = (H - (R - 1) * d - 1) // v + 1, (W - (S - 1) * e - 1) // h + 1, 0, 0
    else:
        raise ValueError("padding")
    x = input.transpose([at[a] for a in "NHWC"])
    z = np.zeros((M, P, Q, K))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    i, j = p * v + r * d - top, q * h + s * e - left
                    if 0 <= i < H and 0 <= j < W:
                        for k in range(K):
                            z[:, p, q, k] += np.sum(x[:, i, j] * filter[r, s, :, k], axis=1)
    return {"NHWC": z, "NCHW": z.transpose(0, 3, 1, 2), "NWHC": z.transpose(0, 2, 1, 3)}[data_format]
