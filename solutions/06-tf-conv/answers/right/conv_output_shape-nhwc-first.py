"""Everything brought to NHWC, and back at the end."""

import math


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    if data_format not in {"NHWC", "NCHW", "NWHC"}:
        raise ValueError("data_format")
    size = dict(zip(data_format, input_shape))
    step = dict(zip(data_format, strides))
    R, S, C, K = filter_shape
    if step["N"] != 1 or step["C"] != 1:
        raise ValueError("strides")
    if size["C"] != C:
        raise ValueError("channels")
    if padding == "SAME":
        size["H"] = math.ceil(size["H"] / step["H"])
        size["W"] = math.ceil(size["W"] / step["W"])
    elif padding == "VALID":
        size["H"] = math.ceil((size["H"] - R + 1) / step["H"])
        size["W"] = math.ceil((size["W"] - S + 1) / step["W"])
        if size["H"] < 1 or size["W"] < 1:
            raise ValueError("the filter does not fit")
    else:
        raise ValueError("padding")
    size["C"] = K
    return [size[letter] for letter in data_format]
