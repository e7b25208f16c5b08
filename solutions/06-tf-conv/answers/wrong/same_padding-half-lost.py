"""The odd zero is lost in two whole divisions.

Diagnosis: "after is 1, expected 2"
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total // 2
