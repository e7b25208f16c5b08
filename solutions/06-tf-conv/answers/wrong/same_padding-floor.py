"""n // s positions: a last window is forgotten.

Diagnosis: floor-for-ceiling
"""


def same_padding(n, k, stride, dilation):
    total = max((n // stride - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2
