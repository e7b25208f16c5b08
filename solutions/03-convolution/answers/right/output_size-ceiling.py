"""ceil of the number of last pixels over the stride; a NumPy integer."""


def output_size(n, k, stride, pad, dilation):
    places = n + 2 * pad - dilation * (k - 1)
    if places < 1:
        raise ValueError(places)
    return np.ceil(places / stride).astype(int)
