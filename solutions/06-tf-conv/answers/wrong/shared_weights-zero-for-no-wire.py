"""0 where there is no wire: that is the first entry.

Diagnosis: no-wire-as-zero
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, 0)
