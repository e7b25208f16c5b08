"""A table of axes; an unknown word is a KeyError."""


def to_nhwc(x, data_format):
    axes = {"NHWC": (0, 1, 2, 3), "NCHW": (0, 2, 3, 1), "NWHC": (0, 2, 1, 3)}[data_format]
    return np.ascontiguousarray(x.transpose(axes))
