"""SAME and VALID are exchanged.

Diagnosis: padding-word-ignored
"""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC") or padding not in ("SAME", "VALID"):
        raise ValueError("layout or padding")
    n, h, w, c = (data_format.index(axis) for axis in "NHWC")
    if strides[n] != 1 or strides[c] != 1 or input_shape[c] != filter_shape[2]:
        raise ValueError("strides or channels")
    shape = list(input_shape)
    shape[c] = filter_shape[3]
    for axis, k in ((h, filter_shape[0]), (w, filter_shape[1])):
        if padding == "VALID":
            shape[axis] = -(-input_shape[axis] // strides[axis])
        else:
            shape[axis] = (input_shape[axis] - k) // strides[axis] + 1
    return tuple(shape)
