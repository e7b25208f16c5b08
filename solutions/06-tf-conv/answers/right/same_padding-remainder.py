"""TensorFlow's documentation: by the remainder of n / s."""


def same_padding(n, k, stride, dilation):
    window = (k - 1) * dilation + 1
    if n % stride == 0:
        total = max(window - stride, 0)
    else:
        total = max(window - n % stride, 0)
    before = total // 2
    return before, total - before
