"""divmod."""


def same_padding(n, k, stride, dilation):
    half, odd = divmod(max(0, (n - 1) // stride * stride + (k - 1) * dilation + 1 - n), 2)
    return half, half + odd
