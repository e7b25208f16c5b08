"""The padding is forgotten.

Diagnosis: pad-left-out
"""


def output_size(n, k, stride, pad, dilation):
    size = (n - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
