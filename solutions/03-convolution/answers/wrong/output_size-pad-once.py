"""The padding is counted on one side.

Diagnosis: pad-counted-once
"""


def output_size(n, k, stride, pad, dilation):
    size = (n + pad - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
