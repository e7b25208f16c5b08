"""The entries in the opposite order, as in a mathematical convolution.

Diagnosis: filter-flipped
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = k - 1 - (np.arange(n)[:, None] + before - np.arange(P) * stride)
    return np.where((mu >= 0) & (mu < k), mu, -1)
