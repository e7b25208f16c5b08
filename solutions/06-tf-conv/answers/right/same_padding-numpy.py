"""NumPy integers."""


def same_padding(n, k, stride, dilation):
    last = np.arange(0, n, stride).max()
    total = np.maximum(last + dilation * (k - 1) - (n - 1), 0)
    return total // 2, (total + 1) // 2
