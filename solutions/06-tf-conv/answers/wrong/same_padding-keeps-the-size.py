"""As many zeros as it takes to get n positions out of the strides: what the notes say.

Diagnosis: "is 4, expected 1"
"""


def same_padding(n, k, stride, dilation):
    total = (n - 1) * stride + dilation * (k - 1) + 1 - n
    return total // 2, total - total // 2
