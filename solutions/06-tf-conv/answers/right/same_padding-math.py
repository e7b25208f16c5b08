"""ceil, and a list."""

import math


def same_padding(n, k, stride, dilation):
    effective = dilation * (k - 1) + 1
    out = math.ceil(n / stride)
    needed = (out - 1) * stride + effective
    total = needed - n if needed > n else 0
    left = math.floor(total / 2)
    return [left, total - left]
