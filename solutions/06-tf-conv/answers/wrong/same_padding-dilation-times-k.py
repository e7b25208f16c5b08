"""The window is taken as d·k.

Diagnosis: dilation-times-k
"""


def same_padding(n, k, stride, dilation):
    total = max((-(-n // stride) - 1) * stride + dilation * k - n, 0)
    return total // 2, total - total // 2
