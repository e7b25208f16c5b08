"""Channel by channel, column by column."""


def from_nhwc(x, data_format):
    if data_format == "NHWC":
        return x
    elif data_format == "NCHW":
        return np.stack([x[..., c] for c in range(x.shape[3])], axis=1)
    elif data_format == "NWHC":
        return np.stack([x[:, :, w] for w in range(x.shape[2])], axis=1)
    else:
        raise ValueError("unknown layout")
