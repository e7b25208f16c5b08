"""Zeros are added one by one, after and before in turn, until the last window fits."""


def same_padding(n, k, stride, dilation):
    starts = range(0, n, stride)
    needed = starts[-1] + dilation * (k - 1) + 1
    before = after = 0
    while n + before + after < needed:
        if after == before:
            after += 1
        else:
            before += 1
    return before, after
