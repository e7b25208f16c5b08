"""The right shape, by reshape: the numbers do not move.

Diagnosis: layout-reshaped
"""


def from_nhwc(x, data_format):
    M, H, W, C = x.shape
    shapes = {"NHWC": (M, H, W, C), "NCHW": (M, C, H, W), "NWHC": (M, W, H, C)}
    if data_format not in shapes:
        raise ValueError(data_format)
    return x.reshape(shapes[data_format])
