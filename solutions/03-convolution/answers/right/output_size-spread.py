"""With the spread of the window; an assertion refuses."""


def output_size(n, k, stride, pad, dilation):
    spread = dilation * (k - 1) + 1
    assert spread <= n + 2 * pad, "no window fits"
    return (n + 2 * pad - spread) // stride + 1
