"""The letters themselves in einsum."""


def to_nhwc(x, data_format):
    if sorted(data_format) != sorted("NHWC"):
        raise ValueError("not a layout")
    return np.einsum(f"{data_format}->NHWC", x)
