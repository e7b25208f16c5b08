"""All zeros after.

Diagnosis: everything-after
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return 0, total
