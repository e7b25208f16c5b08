"""The axes move the other way.

Diagnosis: layout-inverse
"""


def to_nhwc(x, data_format):
    axes = {"NHWC": (0, 1, 2, 3), "NCHW": (0, 3, 1, 2), "NWHC": (0, 2, 1, 3)}
    if data_format not in axes:
        raise ValueError(data_format)
    return x.transpose(axes[data_format])
