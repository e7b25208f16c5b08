"""NWHC is taken for NHWC.

Diagnosis: height-before-width-in-nwhc
"""


def from_nhwc(x, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError(data_format)
    return x.transpose(0, 3, 1, 2) if data_format == "NCHW" else x
