"""Only the first channel is used.

Diagnosis: one-channel-only
"""


def conv2d(input, filter, strides, padding, data_format, dilations):
    if data_format not in ("NHWC", "NCHW", "NWHC") or padding not in ("SAME", "VALID"):
        raise ValueError("layout or padding")
    order = [data_format.index(axis) for axis in "NHWC"]
    x = input.transpose(order)
    one, v, h, last = (strides[axis] for axis in order)
    first, down, across, end = (dilations[axis] for axis in order)
    if (one, last, first, end) != (1, 1, 1, 1):
        raise ValueError("batch and channels")
    R, S, C, K = filter.shape
    M, H, W, C = x.shape
    tall, wide = down * (R - 1) + 1, across * (S - 1) + 1
    if padding == "SAME":
        P, Q = -(-H // v), -(-W // h)
        rows, columns = max((P - 1) * v + tall - H, 0), max((Q - 1) * h + wide - W, 0)
        x = np.pad(x, ((0, 0), (rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2), (0, 0)))
    else:
        P, Q = (H - tall) // v + 1, (W - wide) // h + 1
    z = np.zeros((M, P, Q, K))
    for p in range(P):
        for q in range(Q):
            patch = x[:, p * v : p * v + tall : down, q * h : q * h + wide : across]
            z[:, p, q] = np.einsum("mrsc,rsck->mk", patch[..., :1], filter[:, :, :1])
    return z.transpose(["NHWC".index(axis) for axis in data_format])
