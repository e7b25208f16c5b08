"""An array of integers is a sequence, too."""


def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    axes = {"NHWC": [0, 1, 2, 3], "NCHW": [0, 2, 3, 1], "NWHC": [0, 2, 1, 3]}[data_format]
    x, s = np.array(input_shape)[axes], np.array(strides)[axes]
    R, S, C, K = filter_shape
    if s[0] != 1 or s[3] != 1 or x[3] != C or padding not in ("SAME", "VALID"):
        raise ValueError("cannot be used")
    window = np.array([R, S]) if padding == "VALID" else np.ones(2, int)
    if np.any(window > x[1:3]):
        raise ValueError("does not fit")
    shape = np.empty(4, int)
    shape[axes] = [x[0], *((x[1:3] - window) // s[1:3] + 1), K]
    return shape
