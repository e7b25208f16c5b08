"""np.floor gives a float.

Diagnosis: not-integer
"""


def output_size(n, k, stride, pad, dilation):
    size = np.floor((n + 2 * pad - dilation * (k - 1) - 1) / stride) + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
