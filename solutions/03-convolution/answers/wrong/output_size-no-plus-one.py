"""The first position is not counted.

Diagnosis: not-counted-from-1
"""


def output_size(n, k, stride, pad, dilation):
    size = (n + 2 * pad - dilation * (k - 1) - 1) // stride
    if size < 1:
        raise ValueError("no window fits")
    return size
