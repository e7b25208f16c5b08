"""Sizes for everything, even for what makes no sense.

Diagnosis: not-refused
"""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    shape = list(input_shape)
    for axis, letter in enumerate(data_format):
        if letter == "C":
            shape[axis] = filter_shape[3]
        elif letter in "HW":
            k = filter_shape["HW".index(letter)]
            if padding == "VALID":
                shape[axis] = (input_shape[axis] - k) // strides[axis] + 1
            else:
                shape[axis] = -(-input_shape[axis] // strides[axis])
    return tuple(shape)
