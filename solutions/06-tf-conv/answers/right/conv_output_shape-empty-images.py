"""Like TensorFlow: an empty image where the filter is too large by less than a stride."""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError("Value for attr 'data_format' is not in the list of allowed values")
    M, H, W, C = [input_shape[data_format.index(a)] for a in "NHWC"]
    sm, sh, sw, sc = [strides[data_format.index(a)] for a in "NHWC"]
    R, S, c_in, K = filter_shape
    if (sm, sc) != (1, 1):
        raise ValueError("does not support strides in the batch and depth dimensions")
    if C != c_in:
        raise ValueError("input depth must be the filter's")

    def positions(n, k, s):
        if padding == "SAME":
            return (n + s - 1) // s
        if padding != "VALID":
            raise ValueError("padding")
        if n - k + s < 0:
            raise ValueError("Computed output size would be negative")
        return (n - k + s) // s

    nhwc = {"N": M, "H": positions(H, R, sh), "W": positions(W, S, sw), "C": K}
    return tuple(nhwc[a] for a in data_format)
