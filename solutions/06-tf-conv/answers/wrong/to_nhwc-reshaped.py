"""The right shape, by reshape: the numbers do not move.

Diagnosis: layout-reshaped
"""


def to_nhwc(x, data_format):
    if data_format == "NHWC":
        return x
    if data_format == "NCHW":
        M, C, H, W = x.shape
    elif data_format == "NWHC":
        M, W, H, C = x.shape
    else:
        raise ValueError(data_format)
    return x.reshape(M, H, W, C)
