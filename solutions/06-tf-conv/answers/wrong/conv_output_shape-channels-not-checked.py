"""A filter for other channels is let through.

Diagnosis: not-refused
"""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC") or padding not in ("SAME", "VALID"):
        raise ValueError("layout or padding")
    n, h, w, c = (data_format.index(axis) for axis in "NHWC")
    if strides[n] != 1 or strides[c] != 1:
        raise ValueError("strides")
    shape = list(input_shape)
    shape[c] = filter_shape[3]
    for axis, k in ((h, filter_shape[0]), (w, filter_shape[1])):
        if padding == "SAME":
            shape[axis] = -(-input_shape[axis] // strides[axis])
        elif k > input_shape[axis]:
            raise ValueError("does not fit")
        else:
            shape[axis] = (input_shape[axis] - k) // strides[axis] + 1
    return tuple(shape)
