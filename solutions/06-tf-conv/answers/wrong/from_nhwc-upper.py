"""Small letters are welcome; TensorFlow refuses them.

Diagnosis: not-refused
"""


def from_nhwc(x, data_format):
    return x.transpose(["NHWC".index(axis) for axis in data_format.upper()])
