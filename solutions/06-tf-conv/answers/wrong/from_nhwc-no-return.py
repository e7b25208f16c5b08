"""Nothing is returned.

Diagnosis: structure
"""


def from_nhwc(x, data_format):
    x = x.transpose(["NHWC".index(axis) for axis in data_format])
