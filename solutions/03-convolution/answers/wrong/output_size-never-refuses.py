"""Sizes below 1 are returned.

Diagnosis: not-refused
"""


def output_size(n, k, stride, pad, dilation):
    return (n + 2 * pad - dilation * (k - 1) - 1) // stride + 1
