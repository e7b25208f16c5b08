"""The whole total on each side.

Diagnosis: total-for-each-side
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total, total
