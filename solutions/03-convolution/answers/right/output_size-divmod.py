"""divmod, and an error of its own."""


class DoesNotFit(Exception):
    pass


def output_size(n, k, stride, pad, dilation):
    steps, _ = divmod(n + 2 * pad - dilation * (k - 1) - 1, stride)
    if steps < 0:
        raise DoesNotFit
    return steps + 1
