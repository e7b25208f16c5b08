"""The stride divides the picture, then the window is subtracted.

Diagnosis: stride-first
"""


def output_size(n, k, stride, pad, dilation):
    size = (n + 2 * pad) // stride - dilation * (k - 1)
    if size < 1:
        raise ValueError("no window fits")
    return size
