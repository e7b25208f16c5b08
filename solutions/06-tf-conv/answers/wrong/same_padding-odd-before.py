"""The odd zero stands before.

Diagnosis: odd-zero-before
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total - total // 2, total // 2
