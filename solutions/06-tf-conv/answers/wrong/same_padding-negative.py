"""Negative where the stride is larger than the window.

Diagnosis: padding-negative
"""


def same_padding(n, k, stride, dilation):
    total = (-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n
    return total // 2, total - total // 2
