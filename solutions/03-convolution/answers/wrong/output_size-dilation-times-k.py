"""The window is taken to span d k pixels.

Diagnosis: dilated-too-wide
"""


def output_size(n, k, stride, pad, dilation):
    size = (n + 2 * pad - dilation * k) // stride + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
