"""One swap of axes where a cycle of three is needed.

Diagnosis: width-before-height
"""


def from_nhwc(x, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError(data_format)
    if data_format == "NCHW":
        return np.swapaxes(x, 1, 3)
    return x.transpose(0, 2, 1, 3) if data_format == "NWHC" else x
