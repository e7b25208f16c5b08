"""Changes the shape of the caller's array.

Diagnosis: argument-changed
"""


def to_nhwc(x, data_format):
    order = [data_format.index(axis) for axis in "NHWC"]
    moved = np.array(x.transpose(order))
    x.shape = moved.shape
    x[...] = moved
    return moved
