"""NHWC, whatever data_format says.

Diagnosis: raises
"""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    (M, H, W, C), (R, S, c, K) = input_shape, filter_shape
    if strides[0] != 1 or strides[3] != 1 or C != c or data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError("strides, channels or layout")
    if padding == "SAME":
        return M, -(-H // strides[1]), -(-W // strides[2]), K
    if padding == "VALID" and R <= H and S <= W:
        return M, (H - R) // strides[1] + 1, (W - S) // strides[2] + 1, K
    raise ValueError("padding")
