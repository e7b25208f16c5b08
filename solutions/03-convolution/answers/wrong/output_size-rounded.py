"""Rounded to the nearest integer.

Diagnosis: rounded-up
"""


def output_size(n, k, stride, pad, dilation):
    size = round((n + 2 * pad - dilation * (k - 1) - 1) / stride + 0.01) + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
