"""The sign of a negative total is thrown away.

Diagnosis: "before is 1, expected 0"
"""


def same_padding(n, k, stride, dilation):
    total = abs((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n)
    return total // 2, total - total // 2
