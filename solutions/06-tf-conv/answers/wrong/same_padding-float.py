"""Division with one slash: half a zero.

Diagnosis: not-integer
"""


def same_padding(n, k, stride, dilation):
    total = max((np.ceil(n / stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    before = np.floor(total / 2)
    return before, total - before
