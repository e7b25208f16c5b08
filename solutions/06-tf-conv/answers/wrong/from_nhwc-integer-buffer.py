"""The result is stored as integers.

Diagnosis: integer-buffer
"""


def from_nhwc(x, data_format):
    order = ["NHWC".index(axis) for axis in data_format]
    out = np.zeros([x.shape[axis] for axis in order], dtype=int)
    out[...] = x.transpose(order)
    return out
