"""Rounded up where it must be rounded down.

Diagnosis: rounded-up
"""


def output_size(n, k, stride, pad, dilation):
    size = -(-(n + 2 * pad - dilation * (k - 1) - 1) // stride) + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
