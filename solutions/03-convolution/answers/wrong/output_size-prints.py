"""Prints the size and returns nothing.

Diagnosis: structure
"""


def output_size(n, k, stride, pad, dilation):
    print((n + 2 * pad - dilation * (k - 1) - 1) // stride + 1)
