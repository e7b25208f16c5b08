"""Channels and height change places; the width is left where it is.

Diagnosis: width-before-height
"""


def to_nhwc(x, data_format):
    if data_format == "NCHW":
        return x.swapaxes(1, 3)
    if data_format == "NWHC":
        return x
    if data_format == "NHWC":
        return x.swapaxes(1, 2)
    raise ValueError(data_format)
