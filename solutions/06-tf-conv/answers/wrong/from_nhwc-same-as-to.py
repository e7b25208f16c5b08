"""The function of exercise 1 again.

Diagnosis: layout-inverse
"""


def from_nhwc(x, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError(data_format)
    return x.transpose([data_format.index(axis) for axis in "NHWC"])
