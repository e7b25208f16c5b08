"""No window, size 0.

Diagnosis: not-refused
"""


def output_size(n, k, stride, pad, dilation):
    return max(0, (n + 2 * pad - dilation * (k - 1) - 1) // stride + 1)
