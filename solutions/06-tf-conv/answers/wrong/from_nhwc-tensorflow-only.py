"""Refuses the notes' NWHC, as TensorFlow does.

Diagnosis: raises
"""


def from_nhwc(x, data_format):
    if data_format == "NHWC":
        return x
    if data_format == "NCHW":
        return x.transpose(0, 3, 1, 2)
    raise ValueError("data_format must be NHWC or NCHW")
