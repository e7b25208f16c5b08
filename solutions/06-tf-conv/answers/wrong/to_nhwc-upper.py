"""Small letters are welcome; TensorFlow refuses them.

Diagnosis: not-refused
"""


def to_nhwc(x, data_format):
    data_format = data_format.upper()
    return x.transpose([data_format.index(axis) for axis in "NHWC"])
