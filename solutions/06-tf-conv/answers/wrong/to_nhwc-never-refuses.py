"""Anything unknown is taken for NHWC.

Diagnosis: not-refused
"""


def to_nhwc(x, data_format):
    if data_format == "NCHW":
        return x.transpose(0, 2, 3, 1)
    if data_format == "NWHC":
        return x.transpose(0, 2, 1, 3)
    return x
