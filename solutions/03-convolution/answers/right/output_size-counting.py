"""Counts the positions."""


def output_size(n, k, stride, pad, dilation):
    positions = range(0, n + 2 * pad - dilation * (k - 1), stride)
    if len(positions) == 0:
        raise ValueError("no window fits")
    return len(positions)
