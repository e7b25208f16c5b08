"""math.floor of a quotient."""


def output_size(n, k, stride, pad, dilation):
    import math

    size = math.floor((n + 2 * pad - dilation * (k - 1) - 1) / stride + 1)
    if size < 1:
        raise ArithmeticError(size)
    return size
