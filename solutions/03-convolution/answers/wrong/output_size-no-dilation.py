"""The dilation is forgotten.

Diagnosis: dilation-left-out
"""


def output_size(n, k, stride, pad, dilation):
    size = (n + 2 * pad - k) // stride + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
