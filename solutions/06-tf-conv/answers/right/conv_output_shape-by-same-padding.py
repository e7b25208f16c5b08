"""One formula for both words, with the zeros of exercise 3."""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    assert padding in ("SAME", "VALID") and data_format in ("NHWC", "NCHW", "NWHC")
    n, h, w, c = [data_format.index(letter) for letter in "NHWC"]
    assert strides[n] == strides[c] == 1
    assert input_shape[c] == filter_shape[2]
    out = [0, 0, 0, 0]
    out[n], out[c] = input_shape[n], filter_shape[3]
    for axis, k in zip((h, w), filter_shape):
        pad = sum(same_padding(input_shape[axis], k, strides[axis], 1)) if padding == "SAME" else 0
        out[axis] = (input_shape[axis] + pad - k) // strides[axis] + 1
        assert out[axis] >= 1
    return tuple(out)
