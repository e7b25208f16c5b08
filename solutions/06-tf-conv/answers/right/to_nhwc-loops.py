"""Number by number."""


def to_nhwc(x, data_format):
    if data_format not in {"NHWC", "NCHW", "NWHC"}:
        raise ValueError
    if data_format == "NHWC":
        return x.copy()
    if data_format == "NCHW":
        M, C, H, W = x.shape
    else:
        M, W, H, C = x.shape
    out = np.zeros((M, H, W, C))
    for h in range(H):
        for w in range(W):
            for c in range(C):
                out[:, h, w, c] = x[:, c, h, w] if data_format == "NCHW" else x[:, w, h, c]
    return out
