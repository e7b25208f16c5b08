"""Half of the window on both sides, as PyTorch is used.

Diagnosis: symmetric-padding
"""


def same_padding(n, k, stride, dilation):
    side = dilation * (k - 1) // 2
    return side, side
