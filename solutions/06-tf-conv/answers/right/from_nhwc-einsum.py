"""The letters themselves in einsum."""


def from_nhwc(x, data_format):
    if sorted(data_format) != sorted("NHWC"):
        raise ValueError("not a layout")
    return np.einsum(f"NHWC->{data_format}", x)
