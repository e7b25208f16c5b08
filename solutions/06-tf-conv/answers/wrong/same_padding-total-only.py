"""The total, not shared out.

Diagnosis: structure
"""


def same_padding(n, k, stride, dilation):
    return max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
