"""int() rounds towards 0, so that one pixel too few still gives 1.

Diagnosis: not-refused
"""


def output_size(n, k, stride, pad, dilation):
    size = int((n + 2 * pad - dilation * (k - 1) - 1) / stride) + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
