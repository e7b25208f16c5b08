"""The window is taken as k.

Diagnosis: dilation-left-out-of-padding
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return total // 2, total - total // 2
