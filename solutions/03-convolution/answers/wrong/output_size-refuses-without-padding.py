"""The window is compared with the picture before padding.

Diagnosis: raises
"""


def output_size(n, k, stride, pad, dilation):
    if dilation * (k - 1) + 1 > n:
        raise ValueError("no window fits")
    return (n + 2 * pad - dilation * (k - 1) - 1) // stride + 1
