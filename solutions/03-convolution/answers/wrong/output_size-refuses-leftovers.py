"""Strides that do not divide are refused.

Diagnosis: raises
"""


def output_size(n, k, stride, pad, dilation):
    size, rest = divmod(n + 2 * pad - dilation * (k - 1) - 1, stride)
    if rest or size < 0:
        raise ValueError("the stride does not divide")
    return size + 1
