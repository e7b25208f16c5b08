"""NWHC is taken for NHWC.

Diagnosis: height-before-width-in-nwhc
"""


def to_nhwc(x, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError(data_format)
    if data_format == "NCHW":
        return x.transpose(0, 2, 3, 1)
    return x
