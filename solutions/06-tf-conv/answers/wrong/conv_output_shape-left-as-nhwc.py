"""The right sizes in the order NHWC.

Diagnosis: shape-left-as-nhwc
"""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC") or padding not in ("SAME", "VALID"):
        raise ValueError("layout or padding")
    M, H, W, C = (input_shape[data_format.index(axis)] for axis in "NHWC")
    m, v, h, c = (strides[data_format.index(axis)] for axis in "NHWC")
    R, S, D, K = filter_shape
    if m != 1 or c != 1 or C != D:
        raise ValueError("strides or channels")
    if padding == "SAME":
        return M, -(-H // v), -(-W // h), K
    if R > H or S > W:
        raise ValueError("does not fit")
    return M, (H - R) // v + 1, (W - S) // h + 1, K
