"""Named axes with moveaxis."""


def to_nhwc(x, data_format):
    if data_format == "NHWC":
        return x
    if data_format == "NCHW":
        return np.moveaxis(x, 1, 3)
    if data_format == "NWHC":
        return np.swapaxes(x, 1, 2)
    raise ValueError(f"data_format {data_format}?")
