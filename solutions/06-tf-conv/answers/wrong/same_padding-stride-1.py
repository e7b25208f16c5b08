"""The formula for stride 1.

Diagnosis: stride-left-out-of-padding
"""


def same_padding(n, k, stride, dilation):
    total = dilation * (k - 1)
    return total // 2, total - total // 2
