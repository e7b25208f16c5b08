"""Stride and dilation change places.

Diagnosis: "expected"
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // dilation) - 1) * dilation + stride * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2
