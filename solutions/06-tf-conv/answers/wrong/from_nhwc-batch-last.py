"""The whole order is turned round: the batch comes last.

Diagnosis: "another arrangement"
"""


def from_nhwc(x, data_format):
    if data_format not in ("NHWC", "NCHW", "NWHC"):
        raise ValueError(data_format)
    return x if data_format == "NHWC" else x.T
